"""The rules by which actors are classed, as one ordered table; the first that fits wins.

Named programs come first, then marks of automation in general, then accounts
that could be anybody. What no row fits is taken for a person. driftline.toml
can put rows before these. docs/sources/git.md lists the table.
"""

from driftline.model.actor import ActorClass, ActorRule

_GITOPS = ActorClass.GITOPS
_CI = ActorClass.CI
_BOT = ActorClass.BOT
_MANAGEMENT = ActorClass.CONFIG_MANAGEMENT
_NOBODY = ActorClass.UNATTRIBUTED

# Between the words of a name: anything but a letter or digit. `\b` would not
# do, because it takes an underscore for a part of a word.
_START = r"(?:^|[^a-z0-9])"
_END = r"(?:$|[^a-z0-9])"


def _word(words: str) -> str:
    return f"{_START}(?:{words}){_END}"


RULES: tuple[ActorRule, ...] = (
    ActorRule(
        _GITOPS,
        "name",
        _word(r"argo-?cd(?:-image-updater)?|argo cd.*|image-updater|image-automation.*"),
        "the name is Argo CD's",
    ),
    ActorRule(
        _GITOPS,
        "name",
        r"^flux(?:cd)?-?(?:bot|v2)?$|^fluxcd.*bot|^weave ?flux",
        "the name is Flux's",
    ),
    ActorRule(_GITOPS, "name", _word(r"kargo|gitops|fleet-agent|rancher-fleet"), "a GitOps name"),
    ActorRule(
        _GITOPS, "account", r"^(?:argocd|argo-cd|flux|fluxcd|fluxcdbot)$", "a GitOps account"
    ),
    # Field managers of Kubernetes: names that programs give themselves. They can
    # be borrowed, so each is evidence and no proof.
    ActorRule(
        _GITOPS,
        "name",
        r"^argocd-(?:application-)?controller$|^(?:kustomize|helm|source|notification)-controller$"
        r"|^(?:image-(?:reflector|automation)-controller|flux-client-side-apply|fleetagent)$"
        r"|^(?:configsync\.gke\.io.*|reconciler-manager|kapp(?:-controller)?|werf|kluctl.*)$",
        "the field manager of a reconciler",
    ),
    ActorRule(
        ActorClass.HUMAN,
        "name",
        r"^kubectl(?:[-.][a-z-]+)?$|^(?:k9s|openlens|lens|freelens|headlamp|mozilla|dashboard|oc)$",
        "the field manager of a tool that people use, and scripts, too",
    ),
    ActorRule(
        ActorClass.AUTOSCALER,
        "name",
        r"^vpa-(?:updater|recommender|admission-controller)$|^keda(?:-.*)?$|^hpa$|^goldilocks.*$",
        "the field manager of an autoscaler",
    ),
    ActorRule(
        _NOBODY,
        "name",
        r"^(?:go-http-client|node-fetch|okhttp|curl|python-requests|openapi-generator|axios"
        r"|swagger-codegen|kubernetes-client|kubernetes java client|ancient-changes"
        r"|before-first-apply)$",
        "the field manager of a program that does not say which",
    ),
    ActorRule(
        _MANAGEMENT,
        "name",
        r"^(?:hashicorp|terraform-provider-.+|pulumi-kubernetes.*|tofu)$",
        "the field manager of a configuration tool",
    ),
    ActorRule(
        ActorClass.OPERATOR,
        "name",
        r"^(?:kube-(?:controller-manager|scheduler|apiserver|proxy)|kubelet|manager|controller"
        r"|controller-manager|cluster-bootstrap|k3s|deploy@.+)$"
        r"|^[a-z0-9]+(?:[-.][a-z0-9]+)*[-.](?:cainjector|injector|webhook|scanner|syncer|sync"
        r"|updater|manager|provisioner|server|reloader|node|reconciler|approver|csi|driver)$"
        r"|^[a-z0-9-]+(?:\.[a-z0-9-]+)+/.*$|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:io|com|dev|sh)$"
        r"|^(?:cainjector|external-?secrets|istiod|argo-rollouts|rancher|velero|traefik)$",
        "the field manager of a controller",
    ),
    ActorRule(
        _CI,
        "name",
        _word(
            r"github[- ]actions?|gitlab[- ]?(?:ci|runner|bot)|jenkins[- ](?:ci|x|bot|user|admin)"
            r"|travis[- ]?ci|circle-?ci|buildkite.*|drone[- ]?ci|tekton.*|concourse[- ]?ci"
            r"|teamcity.*|azure (?:pipelines|devops).*|azure-pipelines|vsts agent"
            r"|bitbucket[- ]pipelines"
            r"|codebuild.*|cloud ?build|codefresh.*|spinnaker.*|harness\.?io|woodpecker[- ]?ci"
            r"|semaphore[- ]?ci|bamboo agent|appveyor|prow(?:-?bot)?|zuul"
            r"|project collection build.*"
        ),
        "the name of a pipeline",
    ),
    # Alone only: Jenkins is a family name, too.
    ActorRule(_CI, "name", r"^(?:jenkins|drone)$", "the name of a pipeline"),
    ActorRule(
        _CI,
        "email",
        r"@(?:.*\.)?(?:cloudbuild\.gserviceaccount\.com|circleci\.com|travis-ci\.(?:org|com))$"
        r"|^(?:\d+\+)?github-actions(?:\[bot\])?@|^project_?\d+_bot",
        "the address of a pipeline",
    ),
    ActorRule(
        _MANAGEMENT,
        "name",
        _word(
            r"terraform(?:[- ](?:cloud|enterprise|bot|runner))?|opentofu|atlantis(?:bot)?|spacelift"
            r"|env0|pulumi(?:[- ]?bot)?|ansible(?:[- ]?(?:bot|tower|awx))?|awx|puppet(?:server)?"
            r"|saltstack|chef-client|crossplane"
        ),
        "the name of a configuration tool",
    ),
    ActorRule(ActorClass.HELM, "name", r"^(?:helm|tiller|helm-?bot|helmfile)$", "Helm's name"),
    ActorRule(
        ActorClass.AUTOSCALER,
        "name",
        _word(r"(?:cluster-|horizontal-pod-|vertical-pod-)?autoscaler|karpenter|keda-operator"),
        "the name of an autoscaler",
    ),
    ActorRule(
        _BOT,
        "name",
        _word(
            r"dependabot.*|renovate.*|mergify.*|pre-commit-ci.*|snyk(?:-bot)?|greenkeeper.*"
            r"|pyup(?:-bot)?|imgbot.*|allcontributors.*|semantic-release.*|release-please.*"
            r"|whitesource.*|mend[- ]bolt.*|scala-steward|kodiakhq.*|bors(?:-ng)?|updatecli.*"
            r"|deepsource.*"
        ),
        "the name of an update bot",
    ),
    ActorRule(
        ActorClass.OPERATOR,
        "name",
        r"^[a-z0-9-]+-(?:operator|controller(?:-manager)?)$|^system:serviceaccount:",
        "the name of a controller",
    ),
    ActorRule(
        ActorClass.CLOUD_SERVICE,
        "email",
        r"@(?:.*\.)?(?:amazonaws\.com|developer\.gserviceaccount\.com|appspot\.gserviceaccount\.com)$",
        "the address of a cloud service",
    ),
    # Upper case, or joined to another word: `Ci` alone is a given name.
    ActorRule(_CI, "name", r"(?-i:(?:^|[^A-Za-z0-9])CI(?:$|[^A-Za-z0-9]))", "CI in the name"),
    ActorRule(_CI, "name", r"^ci$|^ci[-_]|[a-z0-9][-_]ci$|[-_]ci[-_]", "ci in the name"),
    ActorRule(
        _CI,
        "account",
        r"^(?:ci|cicd|ci-cd|jenkins|gitlab-?ci|builds?|pipelines?|deploy|deployer|buildbot)$"
        r"|^ci[-_+]|[-_+]ci$",
        "the account of a pipeline",
    ),
    ActorRule(_BOT, "name", r"\[bot\]$", "the name ends with [bot]"),
    ActorRule(_BOT, "email", r"\[bot\]@", "the address says [bot]"),
    ActorRule(
        _BOT,
        "name",
        _word(r"bots?|robot|automation|auto-?(?:update|updater|merge|release|deploy)r?"),
        "a word of the name says so",
    ),
    ActorRule(
        _BOT,
        "name",
        _word(r"service[- _]?account|machine[- _]?user|svc|robot[- _]?account") + r"|^svc[-_.]",
        "the name of a service account",
    ),
    # One word that ends in `bot`. Surnames that do are left out by `SURNAMES`.
    ActorRule(_BOT, "name", r"^[^\s]*[a-z0-9]bot$", "one word that ends in bot"),
    ActorRule(_BOT, "name", r"(?-i:[a-z0-9]Bot)(?:$|[^a-z])", "a word that ends in Bot"),
    ActorRule(
        _BOT,
        "account",
        r"^(?:bot|robot|automation|autobot|service-?account|svc)$"
        r"|^(?:bot|svc|robot|automation)[-_.+]|[-_+](?:bot|robot|svc|automation)$",
        "the account of a bot",
    ),
    ActorRule(_BOT, "email", r"\.iam\.gserviceaccount\.com$", "the address of a service account"),
    ActorRule(
        _NOBODY,
        "name",
        r"^(?:root|admin(?:istrator)?|ubuntu|debian|centos|ec2-user|vagrant|user|username|nobody"
        r"|unknown|anonymous|no author|\(no author\)|your name|name|test|git|github|gitlab|gitea"
        r"|forgejo|web-flow)?$",
        "an account that does not say who",
    ),
)

# Names that end in `bot` because families are called so. As the whole of a
# name, or with initials before it (`rtalbot`), they are no mark of a machine.
SURNAMES: frozenset[str] = frozenset(
    {
        "abbot",
        "barbot",
        "cabot",
        "carbot",
        "chabot",
        "corbot",
        "gerbot",
        "guibot",
        "herbot",
        "lambot",
        "marbot",
        "rabot",
        "ribot",
        "talbot",
        "thibot",
        "turbot",
    }
)

# Assistants: how they are called, which names are theirs and no person's, and
# the addresses that are. A given name alone (Claude, Devin, Jules, Cody) needs
# either to stand alone or the address.
ASSISTANTS: tuple[tuple[str, str, str], ...] = (
    ("Claude", r"^claude(?:[ -](?:code|opus|sonnet|haiku|ai|\d).*)?$", r"@anthropic\.com$"),
    (
        "Copilot",
        r"^(?:github )?copilot(?:[ -].*)?(?:\[bot\])?$",
        r"[+.]copilot@|^copilot@|copilot.*\[bot\]@",
    ),
    ("Cursor", r"^cursor(?: ?agent| ai|bot)?(?:\[bot\])?$", r"^cursoragent@|@cursor\.(?:com|sh)$"),
    ("Devin", r"^devin(?: ai|-ai.*)$", r"(?:^|\+)devin-ai.*@|@cognition(?:-?labs)?\.(?:ai|com)$"),
    ("aider", r"^aider\b|\(aider\)$", r"@aider\.chat$"),
    ("Codex", r"^(?:openai )?codex(?:[ -].*)?$", r"^codex@|@openai\.com$"),
    ("Gemini", r"^gemini(?:[ -](?:cli|code|\d).*)?$", r"gemini-(?:cli|code)[^@]*@"),
    ("Jules", r"^google[- ]labs[- ]jules.*$", r"jules(?:\[bot\])?@.*google|google-labs-jules"),
    ("Windsurf", r"^(?:windsurf|cascade)(?: .*)?$", r"@(?:windsurf|codeium)\.com$"),
    ("Amazon Q", r"^amazon[- ]q(?:[- ].*)?$", r"amazon-q-developer"),
    ("OpenHands", r"^openhands(?:[- ].*)?$", r"^openhands@|@all-hands\.dev$"),
    ("opencode", r"^opencode(?: .*)?$", r"@opencode\.ai$"),
    ("Junie", r"^junie(?: .*)?$", r"^junie@jetbrains"),
    ("Amp", r"^amp$", r"@ampcode\.com$"),
    ("Cody", r"^(?:sourcegraph )cody$", r"^cody@sourcegraph"),
)
