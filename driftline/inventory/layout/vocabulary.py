"""The words that names of files and folders use for environments, regions and structure.

Words alone never decide: a word counts by its strength, and siblings have to
vary in it. Tables here are data; the rules that read them stand elsewhere.
"""

import re

# How much one word, seen as a whole name among siblings, says that the siblings
# are environments. Two words that add up to 1 suffice.
STRENGTH: dict[str, float] = {
    "production": 1.0,
    "staging": 1.0,
    "preproduction": 1.0,
    "nonproduction": 0.6,
    "uat": 0.8,
    "development": 0.7,
    "qa": 0.7,
    "testing": 0.5,
    "local": 0.5,
    "sandbox": 0.5,
    "demo": 0.5,
    "acceptance": 0.5,
    "integration": 0.3,
    "preview": 0.4,
    "canary": 0.4,
    "performance": 0.3,
    "disaster-recovery": 0.4,
    "playground": 0.4,
    "beta": 0.3,
    "alpha": 0.3,
    "live": 0.3,
    "sit": 0.4,
    "ephemeral": 0.3,
    "homologation": 0.5,
    "review": 0.3,
    "training": 0.3,
    "pilot": 0.3,
    "ci": 0.2,
    "e2e": 0.2,
    "load": 0.2,
    "loadtest": 0.3,
    "lab": 0.3,
    "edge": 0.2,
    "experimental": 0.2,
    "nightly": 0.2,
    "perftest": 0.4,
    "sbox": 0.5,
    "mock": 0.2,
    "eval": 0.2,
    "trial": 0.2,
}

ACCOUNT_WORDS = frozenset({"nonproduction"})

# Folders whose children are environments because the folder says so.
STRICT_HOLDERS = frozenset({
    "environments", "environment", "envs", "env", "clusters", "cluster", "stages", "sites",
    "inventories", "landscapes", "environment-values", "env-values",
})  # fmt: skip
# Folders whose children often are, but may be variants, customers or accounts.
LOOSE_HOLDERS = frozenset({
    "overlays", "overlay", "tenants", "accounts", "regions", "datacenters", "workspaces",
    "inventory", "targets", "zones", "subscriptions",
})  # fmt: skip
HOLDERS = STRICT_HOLDERS | LOOSE_HOLDERS

# What stands in for "all environments" where siblings are environments.
SHARED = frozenset({
    "base", "bases", "_base", "common", "_common", "commons", "shared", "_shared", "default",
    "_default", "defaults", "_defaults", "global", "globals", "_global", "all", "_all",
    "generic", "all-environments", "baseline",
    "any", "core-values", "fallback",
})  # fmt: skip

# Words of a file's name that say what it carries, not for whom or what.
CARRIERS = frozenset({
    "values", "value", "vals", "config", "configs", "configuration", "conf", "cfg", "settings",
    "setting", "application", "appsettings", "vars", "variables", "params", "parameters", "env",
    "environment", "compose", "docker", "terraform", "backend", "override", "overrides",
    "secrets", "secret", "sops", "enc", "encrypted", "dec", "kustomization", "helmfile", "auto",
    "pulumi", "serverless", "cdk", "samconfig", "release", "helmrelease", "properties",
    "gotmpl", "tpl", "yaml", "yml", "json", "tfvars", "patch", "patches", "skaffold",
})  # fmt: skip
SECRET_WORDS = frozenset({"secrets", "secret", "sops", "enc", "encrypted"})
OVERRIDE_WORDS = frozenset({"override", "overrides"})

# Folders that say how something is deployed; they never name what is deployed.
STRUCTURE = HOLDERS | frozenset({
    "k8s", "kubernetes", "kube", "manifests", "manifest", "kustomize", "kustomization", "helm",
    "helmfile", "helmfiles", "helmfile.d", "argocd", "argo-cd", "argo", "flux", "fluxcd",
    "gitops", "deploy", "deployment", "deployments", "config", "configs", "configuration",
    "conf", "cfg", "values", "vals", "value", "yaml", "yml", "json", "resources", "terraform",
    "tf", "terragrunt", "tofu", "opentofu", "live", "iac", "ansible", "group_vars", "vars",
    "variables", "tfvars", "params", "parameters", "releases", "src", "etc", "settings",
    "docker", "compose", "dotenv", "properties", "secrets", "overrides", "patches", "patch",
    "definitions", "chart", "charts", "cd",
    "rendered", "generated", "hydrated", "ops", "provisioning",
    "appsets", "applicationsets", "gotmpl", "hieradata", "applicationset",
    "helm-values", "values-files", "env-config", "environment-config", "files", "main",
    "output", "crs", "old", "new", "legacy", "v1", "v2",
})  # fmt: skip
# Folders that hold many things of one sort: part of a name only when needed.
CONTAINERS = frozenset({
    "apps", "app", "applications", "services", "service", "svc", "microservices",
    "components", "component", "modules", "stacks", "projects", "infrastructure", "infra",
    "platform", "addons", "add-ons", "system", "workloads", "teams", "products", "packages",
    "controllers", "core", "namespaces", "tenants",
})  # fmt: skip
GENERATED = frozenset({"rendered", "generated", "hydrated"})

# Names of files that speak of their folder rather than of themselves.
GENERIC_STEMS = CARRIERS | frozenset({
    "main", "outputs", "providers", "provider", "versions", "version", "locals",
    "default", "defaults", "chart", "index", "app", "manifest", "manifests", "terragrunt",
    "requirements", "root", "base", "common", "install", "all", "state", "remote_state",
    "docker-compose", "namespace", "kustomizeconfig", "transformer", "fleet", "metadata",
})  # fmt: skip
KIND_STEMS = frozenset({
    "deployment", "deployments", "deploy", "service", "services", "svc", "ingress", "ingresses",
    "configmap", "configmaps", "cm", "secret", "namespace", "namespaces", "ns", "hpa", "pdb",
    "statefulset", "sts", "daemonset", "cronjob", "job", "serviceaccount", "service-account",
    "sa", "role", "rolebinding", "rbac", "clusterrole", "clusterrolebinding", "networkpolicy",
    "network-policy", "networkpolicies", "pvc", "pv", "volume", "storageclass", "route",
    "routes", "gateway", "virtualservice", "virtual-service", "destinationrule",
    "servicemonitor", "podmonitor", "prometheusrule", "certificate", "externalsecret",
    "external-secret", "sealedsecret", "sealed-secret", "limitrange", "resourcequota", "quota",
    "crd", "crds", "cronjobs", "migrations", "migration", "schema", "replicas", "replica",
    "repository", "source", "sync", "resources", "scale",
    "autoscaling", "autoscaler", "poddisruptionbudget", "horizontalpodautoscaler", "health",
})  # fmt: skip

# Things people run; a sibling of environments with such a name is not one.
COMPONENTS = frozenset({
    "cert-manager", "ingress-nginx", "nginx-ingress", "nginx", "traefik", "prometheus",
    "grafana", "loki", "tempo", "alertmanager", "redis", "postgres", "postgresql", "mysql",
    "mariadb", "mongodb", "rabbitmq", "kafka", "elasticsearch", "opensearch", "kibana", "vault",
    "consul", "external-dns", "external-secrets", "istio", "linkerd", "argocd", "argo-cd",
    "flux-system", "keycloak", "minio", "velero", "metrics-server", "cluster-autoscaler",
    "support", "monitoring", "logging", "observability", "database", "db", "cache", "queue",
    "network", "networking", "vpc", "dns", "iam", "storage", "ingress", "cilium", "calico",
    "coredns", "kube-system", "sealed-secrets", "api", "web", "ui", "frontend", "backend",
    "worker", "scheduler", "auth", "gateway", "admin", "jobs", "cron", "scripts", "hooks",
    "bin", "tools", "ci-cd", "policies", "policy", "rbac", "crds", "namespaces", "alerts",
    "rules", "dashboards", "datasources", "notifications", "users", "roles", "readme",
    "chartpress", "helmfile", "skaffold", "kind", "renovate", "dependabot", "codecov",
    "pre-commit-config", "repositories", "artifacts", "sources", "notification", "images",
    "security", "billing", "payments", "search", "checkout", "eks", "gke", "rds", "s3",
})  # fmt: skip

# Folders whose content is never the configuration of an environment.
IGNORED_FOLDERS = frozenset({
    "example", "examples", "sample", "samples", "fixtures", "fixture", "testdata", "test-data",
    "docs", "doc", "documentation", "node_modules", "vendor", "third_party", "third-party",
    ".github", ".gitlab", ".circleci", ".azure-pipelines", ".buildkite", ".vscode", ".idea",
    ".devcontainer", "tests", "spec", "specs", "__tests__", "mocks", "dashboards",
    "grafana-data", "archive", "archives", "archived", "backup", "backups", "demos", ".tekton",
    ".husky", ".changeset", ".storybook", "bats", "snapshots", "__snapshots__", "golden",
    ".terraform", ".helm-cache", "locales",
    "i18n", "schemas", "migrations", "playbooks", "molecule", "notebooks",
})  # fmt: skip
# Of these, the ones that no service is called, even below `apps/`.
NEVER_A_SERVICE = frozenset({
    "example", "examples", "sample", "samples", "fixtures", "fixture", "testdata", "test-data",
    "node_modules", ".github", ".terraform", "__tests__", "__snapshots__", ".helm-cache",
})  # fmt: skip
IGNORED_PAIRS = frozenset({
    ("src", "test"), ("test", "fixtures"), ("test", "resources"), ("test", "integration"),
    ("test", "data"),
})  # fmt: skip

# Names of clusters that stand beside or below an environment's.
QUALIFIER = re.compile(
    r"(?:gke|eks|aks|k3s|k8s|rke|aws|gcp|gce|azure|onprem|cluster)[0-9]{0,3}"
    r"|(?:c|dc|az|region|site|cell|pod|shard|zone)[0-9]{1,3}"
    r"|[0-9]{1,3}|[a-d]|blue|green|red|black|white|orange|yellow|purple|primary|secondary"
    r"|active|passive|standby|failover|dr|east|west|north|south|central"
)
_COLOURS = "blue|green|red|black|white|orange|yellow|purple"
CLUSTER_NAME = re.compile(
    rf"{_COLOURS}|(?:cluster|gke|eks|aks|k3s|rke|dc|cell|shard)[-_]?[0-9]{{1,3}}|cluster[-_][a-z]"
)
# The same, where a folder called `clusters` says that it holds some.
CLUSTER_NAME_BELOW_CLUSTERS = re.compile(
    rf"{CLUSTER_NAME.pattern}|[0-9]{{1,2}}|primary|secondary|active|passive|standby"
)
_DIRECTION = "(?:north|south|east|west|central|northeast|northwest|southeast|southwest)"
REGION = re.compile(
    rf"(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov|asia|europe|australia|northamerica|southamerica|"
    rf"africa)-{_DIRECTION}-?[0-9]{{0,2}}[a-f]?"
    rf"|(?:us|uk|eu|north|south|west|east|central|southeast|northeast|canada|australia|japan|"
    rf"korea|brazil|france|germany|norway|sweden|switzerland|uae|india|asia|europe)"
    rf"(?:{_DIRECTION}|europe|us|asia|india|uk)[0-9]?"
    r"|(?:us|eu|ap|uk|apac|emea|amer|latam|anz|euw|use|usw|euc|eun|aps|apse|apne)[-_]?[0-9]{0,2}"
    r"|(?:fra|ams|lon|nyc|sfo|sgp|blr|tor|iad|cdg|lhr|syd|nbg|fsn|hel|sjc|dfw|ord|nrt|hkg)[0-9]"
)

# Configuration of tools that work on the repository itself.
TOOL_FILES = frozenset({
    "license", "licence", "notice", "codeowners", "chartpress.yaml", "renovate.json",
    "renovate.json5", "package.json", "tsconfig.json", "lerna.json", "nx.json", "turbo.json",
    "readthedocs.yml", "readthedocs.yaml", "mkdocs.yml", "mkdocs.yaml", "codecov.yml",
    "pyproject.toml", "poetry.toml", "setup.cfg", "tox.ini", "pytest.ini", "mypy.ini",
    "requirements.txt", "cargo.toml", "rust-toolchain.toml", "netlify.toml", "jsconfig.json",
    "babel.config.json", "devbox.json", "taskfile.yml", "taskfile.yaml", "lefthook.yml",
    "ct.yaml", "cr.yaml", "atlantis.yaml", "azure-pipelines.yml", "bitbucket-pipelines.yml",
    "cloudbuild.yaml", "buildspec.yml", "appveyor.yml", "sonar-project.properties",
    "environment.yml", "catalog-info.yaml", "makefile", "dockerfile", "jenkinsfile", "gemfile",
    "procfile",
})  # fmt: skip
