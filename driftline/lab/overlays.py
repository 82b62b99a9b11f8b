"""The kustomize half of the example fleet: a base a service, and an overlay an environment.

Like the charts, these are texts as people write them; overlays hold only what
differs from the base.
"""

from driftline.lab.fleet import DOMAIN, Service, Site

_BASE_KUSTOMIZATION = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
  - service.yaml
  - autoscaler.yaml
configMapGenerator:
  - name: {name}-config
    envs:
      - config.env
labels:
  - pairs:
      app.kubernetes.io/name: {name}
    includeSelectors: true
"""

_DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
spec:
  replicas: 2
  revisionHistoryLimit: 5
  template:
    spec:
      containers:
        - name: {name}
          image: {repository}  # the tag comes from the overlay
          ports:
            - name: http
              containerPort: {port}
          envFrom:
            - configMapRef:
                name: {name}-config
          resources:
            requests:
              cpu: 250m
              memory: {memory}
            limits:
              memory: {memory_limit}
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 10
            timeoutSeconds: 2
{extra}"""

_INDEXER = """\
        - name: warmer
          image: {registry}/search-warmer:2.1.0
          args:
            - --interval=15m
"""

_SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: {name}
spec:
  type: ClusterIP
  ports:
    - name: http
      port: {port}
      targetPort: http
"""

_AUTOSCALER = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {name}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {name}
  minReplicas: 2
  maxReplicas: 4
"""

_BASE_CONFIG = {
    "web": """\
# Read by the browser bundle as well: nothing secret in here.
LOG_LEVEL=info
API_TIMEOUT_MS=4000
CATALOG_URL=http://catalog:8080
CHECKOUT_URL=http://checkout:8080
SHOW_STOCK=true
BANNER=none
""",
    "search": """\
LOG_LEVEL=info
INDEX_REFRESH_SECONDS=30
MAX_RESULTS=200
SYNONYMS=sailing
""",
    "recommendations": """\
LOG_LEVEL=info
MODEL=bought-together
MIN_SUPPORT=25
TRAINING_DAYS=90
""",
}

_KUSTOMIZATION = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop

resources:
  - ../../base

images:
  - name: {repository}
    newTag: {version}

patches:
  - path: {scale}
  - path: autoscaler.yaml

configMapGenerator:
  - name: {name}-config
    behavior: merge
    envs:
      - config.env
"""

_SCALE = """\
# {remark}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
spec:
  replicas: {replicas}
  template:
    spec:
      containers:
        - name: {name}
          resources:
            requests:
              cpu: {cpu}
              memory: {memory}
            limits:
              memory: {memory_limit}
"""

_AUTOSCALER_PATCH = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {name}
spec:
  minReplicas: {replicas}
  maxReplicas: {replicas_max}
"""

_BASE_MEMORY = {
    "web": ("256Mi", "512Mi"),
    "search": ("1Gi", "2Gi"),
    "recommendations": ("512Mi", "1Gi"),
}

# Replicas, autoscaled maximum, CPU request, memory request and limit.
_SIZES = {
    "web": {"staging": (2, 4, "250m", "256Mi", "512Mi"),
            "demo": (1, 2, "100m", "128Mi", "256Mi"),
            "production": (4, 12, "500m", "512Mi", "1Gi")},
    "search": {"staging": (2, 3, "500m", "1Gi", "2Gi"),
               "production": (3, 6, "1000m", "4Gi", "8Gi")},
    "recommendations": {"staging": (1, 2, "250m", "512Mi", "1Gi"),
                        "production": (2, 4, "500m", "2Gi", "4Gi")},
}  # fmt: skip

_CONFIG = {
    ("web", "staging"): "PUBLIC_URL=https://www.staging.{domain}\nBANNER=staging\n",
    ("web", "demo"): "PUBLIC_URL=https://www.demo.{domain}\nBANNER=demo\nSHOW_STOCK=false\n",
    ("web", "production"): "PUBLIC_URL=https://www.{domain}\n",
    ("search", "staging"): "INDEX_REFRESH_SECONDS=30\nREPLICA_SHARDS=0\n",
    ("search", "production"): "INDEX_REFRESH_SECONDS=30\nREPLICA_SHARDS=1\n",
    ("recommendations", "staging"): "TRAINING_DAYS=14\n",
    ("recommendations", "production"): "TRAINING_DAYS=90\n",
}

_REMARKS = {
    "staging": "Small, but never fewer than two: we want to see what breaks with two.",
    "demo": "One of everything is enough to show.",
    "production": "Sized for a Saturday in May.",
}

# The patch's first name; half the team looked for it under another one.
FIRST_SCALE_FILE = "replicas.yaml"


def base_files(service: Service) -> dict[str, str]:
    """The base of one service: path to text."""
    folder = f"apps/{service.name}/base"
    memory, memory_limit = _BASE_MEMORY[service.name]
    registry = service.repository.rsplit("/", 1)[0]
    names = {"name": service.name, "port": service.port}
    return {
        f"{folder}/kustomization.yaml": _BASE_KUSTOMIZATION.format(**names),
        f"{folder}/deployment.yaml": _DEPLOYMENT.format(
            **names,
            repository=service.repository,
            memory=memory,
            memory_limit=memory_limit,
            extra=_INDEXER.format(registry=registry) if service.name == "search" else "",
        ),
        f"{folder}/service.yaml": _SERVICE.format(**names),
        f"{folder}/autoscaler.yaml": _AUTOSCALER.format(**names),
        f"{folder}/config.env": _BASE_CONFIG[service.name],
    }


def overlay_files(service: Service, site: Site) -> dict[str, str]:
    """The overlay of one service in one environment, when the story begins."""
    folder = f"apps/{service.name}/overlays/{site.name}"
    replicas, replicas_max, cpu, memory, memory_limit = _SIZES[service.name][site.name]
    return {
        f"{folder}/kustomization.yaml": _KUSTOMIZATION.format(
            name=service.name,
            repository=service.repository,
            version=service.version,
            scale=FIRST_SCALE_FILE,
        ),
        f"{folder}/{FIRST_SCALE_FILE}": _SCALE.format(
            name=service.name,
            remark=_REMARKS[site.name],
            replicas=replicas,
            cpu=cpu,
            memory=memory,
            memory_limit=memory_limit,
        ),
        f"{folder}/autoscaler.yaml": _AUTOSCALER_PATCH.format(
            name=service.name, replicas=replicas, replicas_max=replicas_max
        ),
        f"{folder}/config.env": _CONFIG[service.name, site.name].format(domain=DOMAIN),
    }
