"""The Helm half of the example fleet: charts with defaults, and a values file an environment.

The texts are written the way people write them: comments that explain a number,
sections parted by blank lines, an override only where somebody needed one.
"""

from driftline.lab.fleet import REGISTRY, Service, Site

_CHART = """\
apiVersion: v2
name: {name}
description: {description}
type: application
version: 0.4.0
appVersion: "{version}"
dependencies:
  - name: shipshape
    version: 2.3.1
    repository: oci://{registry}/charts
"""

# Every chart draws itself from the shared library chart.
_TEMPLATE = """\
{{{{- /* Everything is drawn by the shared library chart. */ -}}}}
{{{{ include "shipshape.all" . }}}}
{{{{- if .Values.autoscaling.enabled }}}}
---
{{{{ include "shipshape.autoscaler" (dict "root" . "name" "{name}") }}}}
{{{{- end }}}}
"""

_DEFAULTS = """\
# Defaults of {name}, the same everywhere. An environment overrides what it
# must in environments/<environment>/{name}.yaml.

image:
  repository: {repository}
  tag: ""  # the environment says which
  pullPolicy: IfNotPresent

replicaCount: 2

service:
  port: {port}

ingress:
  enabled: {exposed}
  host: ""

resources:
  requests:
    cpu: 250m
    memory: 256Mi
  limits:
    cpu: 1000m
    memory: 512Mi

autoscaling:
  enabled: false
  minReplicas: 2
  maxReplicas: 6
  targetCPUUtilizationPercentage: 70

logLevel: info

{section}
env:
  - name: OTEL_SERVICE_NAME
    value: {name}
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://otel-collector.observability:4317
"""

_DESCRIPTIONS = {
    "checkout": "From the basket to the order",
    "catalog": "What we sell, and what it costs today",
    "payments": "Charges, refunds and the provider's callbacks",
    "orders": "Orders and everything that happens to them",
    "notifications": "Mail and text messages to customers",
    "production-planner": "Plans the sail loft's week; nothing to do with the environment",
}

# What only this service has, in its chart.
_SECTIONS = {
    "checkout": """\
timeouts:
  upstreamSeconds: 5
  idleSeconds: 60

cart:
  ttlHours: 72

features:
  expressCheckout: false
  giftCards: true

proxy:
  image: {registry}/mirror/nginx:1.27.3
""",
    "catalog": """\
cache:
  ttlSeconds: 300
  maxEntries: 20000

features:
  newRanking: false
  priceHistory: true

search:
  endpoint: http://search:9200
  timeoutMillis: 800
""",
    "payments": """\
provider:
  baseUrl: https://sandbox.payprovider.example
  timeoutSeconds: 20
  retries: 3
  merchantId: ""

tls:
  minVersion: "1.2"

threeDSecure: true

proxy:
  image: {registry}/mirror/nginx:1.27.3
""",
    "orders": """\
database:
  host: ""
  name: orders
  poolSize: 20
  sslMode: require
  existingSecret: orders-database

outbox:
  intervalSeconds: 10
  batchSize: 200
""",
    "notifications": """\
smtp:
  host: ""
  port: 587
  from: crew@ternandtide.example

rateLimits:
  mailPerMinute: 600
  textPerMinute: 60

templates:
  bucket: ""
""",
    "production-planner": """\
solver:
  threads: 4
  timeLimitMinutes: 15

schedule:
  cron: "30 4 * * 1-5"  # before the loft opens
  timezone: Europe/Lisbon
""",
}

_VALUES = """\
# {name} in {site}
{remark}
image:
  tag: {version}

replicaCount: {replicas}
{ingress}
resources:
  requests:
    cpu: {cpu}
    memory: {memory}
  limits:
    cpu: {cpu_limit}
    memory: {memory_limit}

autoscaling:
  enabled: {scales}
  minReplicas: {replicas}
  maxReplicas: {replicas_max}

{section}"""

# Replicas, autoscaled maximum, CPU request and limit, memory request and limit.
_SIZES = {
    "checkout": {"staging": (2, 4, "250m", "1000m", "256Mi", "512Mi"),
                 "demo": (1, 2, "100m", "500m", "128Mi", "256Mi"),
                 "production": (4, 12, "500m", "1000m", "512Mi", "512Mi")},
    "catalog": {"staging": (2, 4, "250m", "1000m", "512Mi", "1Gi"),
                "demo": (1, 2, "100m", "500m", "256Mi", "512Mi"),
                "production": (4, 10, "500m", "2000m", "1Gi", "2Gi")},
    "payments": {"staging": (2, 2, "250m", "1000m", "256Mi", "512Mi"),
                 "production": (3, 6, "500m", "1000m", "512Mi", "1Gi")},
    "orders": {"staging": (2, 4, "250m", "1000m", "512Mi", "1Gi"),
               "production": (4, 8, "500m", "1000m", "1Gi", "2Gi")},
    "notifications": {"staging": (1, 2, "100m", "500m", "128Mi", "256Mi"),
                      "production": (2, 4, "250m", "500m", "256Mi", "512Mi")},
    "production-planner": {"staging": (1, 1, "1000m", "2000m", "1Gi", "2Gi"),
                           "production": (1, 1, "2000m", "4000m", "4Gi", "8Gi")},
}  # fmt: skip

# What this service says of its own in this environment.
_OVERRIDES = {
    ("checkout", "production"): """\
cart:
  ttlHours: 168  # a week; the marketing team's reminder mails rely on it
""",
    ("catalog", "staging"): """\
cache:
  ttlSeconds: 60  # editors want to see their changes
""",
    ("catalog", "production"): """\
cache:
  ttlSeconds: 300
  maxEntries: 80000
""",
    ("payments", "staging"): """\
provider:
  merchantId: tern-test

proxy:
  image: {registry}/mirror/nginx:1.27.3
""",
    ("payments", "production"): """\
provider:
  baseUrl: https://live.payprovider.example
  merchantId: tern-live-eu
  timeoutSeconds: 20

proxy:
  image: {registry}/mirror/nginx:1.27.3
""",
    ("orders", "staging"): """\
database:
  host: orders-db.staging.internal.ternandtide.example
  poolSize: 20

outbox:
  intervalSeconds: 10
""",
    ("orders", "production"): """\
database:
  host: orders-db.internal.ternandtide.example
  poolSize: 20  # times 4 replicas must stay below the server's 100

outbox:
  intervalSeconds: 10
""",
    ("notifications", "staging"): """\
smtp:
  host: mailcatcher.staging.internal.ternandtide.example
  port: 1025

rateLimits:
  mailPerMinute: 60

templates:
  bucket: tern-templates-staging
""",
    ("notifications", "production"): """\
smtp:
  host: smtp.mailprovider.example
  existingSecret: notifications-smtp

rateLimits:
  mailPerMinute: 600

templates:
  bucket: tern-templates
""",
    ("production-planner", "staging"): """\
solver:
  threads: 2
""",
    ("production-planner", "production"): """\
solver:
  threads: 8
""",
}

_REMARKS = {
    ("payments", "production"): "# Changes here need a second pair of eyes (CODEOWNERS).\n",
    (
        "production-planner",
        "staging",
    ): "# Plans last month's orders, so that results can be compared.\n",
}

_INSIDE = ("payments", "production-planner", "notifications")  # without a public host name


def chart_files(service: Service) -> dict[str, str]:
    """The chart of one service: path to text."""
    folder = f"charts/{service.name}"
    section = _SECTIONS[service.name].format(registry=REGISTRY)
    exposed = "false" if service.name in _INSIDE else "true"
    return {
        f"{folder}/Chart.yaml": _CHART.format(
            name=service.name,
            description=_DESCRIPTIONS[service.name],
            version=service.version,
            registry=REGISTRY,
        ),
        f"{folder}/values.yaml": _DEFAULTS.format(
            name=service.name,
            repository=service.repository,
            port=service.port,
            exposed=exposed,
            section=section,
        ),
        f"{folder}/templates/all.yaml": _TEMPLATE.format(name=service.name),
    }


def environment_values(service: Service, site: Site) -> str:
    """The values file of one service in one environment, when the story begins."""
    replicas, replicas_max, cpu, cpu_limit, memory, memory_limit = _SIZES[service.name][site.name]
    ingress = f"\ningress:\n  host: {site.host(service.name)}\n"
    text = _VALUES.format(
        name=service.name,
        site=site.name,
        remark=_REMARKS.get((service.name, site.name), ""),
        version=service.version,
        replicas=replicas,
        replicas_max=replicas_max,
        scales="true" if replicas_max > replicas else "false",
        ingress="" if service.name in _INSIDE else ingress,
        cpu=cpu,
        cpu_limit=cpu_limit,
        memory=memory,
        memory_limit=memory_limit,
        section=_OVERRIDES.get((service.name, site.name), "").format(registry=REGISTRY),
    )
    return text.rstrip("\n") + "\n"
