"""Who is a person and who is not, case by case."""

from typing import NamedTuple

import pytest

from driftline.errors import UsageError
from driftline.inventory.people.actor_rules import ASSISTANTS, RULES
from driftline.inventory.people.actors import assistants, classify, identify, is_assistant
from driftline.model.actor import ActorClass
from driftline.model.look import Person

# class | name | e-mail
CASES = """
human          | Ada Lovelace              | ada@example.com
human          | human-44c7f2              | human-44c7f2@example.org
human          | Marie Talbot              | marie.talbot@example.com
human          | Talbot                    | talbot@example.com
human          | rtalbot                   | rt@example.com
human          | jean-chabot               | jc@example.com
human          | John Abbot                | abbot@example.com
human          | Anne Lambot               | anne@example.com
human          | G. Talbott                | g@example.com
human          | Thomas Jenkins            | tj@example.com
human          | Travis Smith              | travis@example.com
human          | Travis                    | travis@example.com
human          | Ci Zhang                  | ci.zhang@example.com
human          | Felix Fluxman             | ff@example.com
human          | Ivan Borshch              | ivan@example.com
human          | Claude Monet              | claude@example.com
human          | Devin Smith               | devin@example.com
human          | Jules Verne               | jules@example.com
human          | Chef Ramsay               | chef@example.com
human          | Robota Karel              | rk@example.com
human          | Abbotsford Ann            | ann@example.com
human          | S. Vcelak                 | svcelak@example.com
human          | octocat                   | 583231+octocat@users.noreply.github.com
human          | Deployne Jones            | dj@example.com
human          | Bottomley Sue             | sue@example.com
bot            | dependabot[bot]           | 49699333+dependabot[bot]@users.noreply.github.com
bot            | dependabot-preview[bot]   | x@users.noreply.github.com
bot            | Renovate Bot              | bot@renovateapp.com
bot            | renovate[bot]             | 29139614+renovate[bot]@users.noreply.github.com
bot            | mergify[bot]              | 37929162+mergify[bot]@users.noreply.github.com
bot            | pre-commit-ci[bot]        | bot@users.noreply.github.com
bot            | snyk-bot                  | snyk-bot@snyk.io
bot            | wmdebot                   | wmdebot@example.org
bot            | henchbot                  | bot@gmail.com
bot            | JupterHub Bot Account     | bot@users.noreply.github.com
bot            | k8s-robot                 | k8s@example.com
bot            | Acme DeployBot            | deploys@example.com
bot            | release-bot               | rel@example.com
bot            | svc-infra                 | svc-infra@example.com
bot            | Service Account           | x@example.com
bot            | Platform Automation       | x@example.com
bot            | nightly                   | bot@example.com
bot            | image updates             | svc-images@example.com
bot            | terraformer               | tf@project-1.iam.gserviceaccount.com
bot            | copilot-swe-agent[bot]    | 198982749+Copilot@users.noreply.github.com
bot            | Claude                    | noreply@anthropic.com
bot            | allcontributors[bot]      | x@y
bot            | acme_bot                  | x@y
ci             | github-actions[bot]       | 41898282+github-actions[bot]@users.noreply.github.com
ci             | GitHub Actions            | actions@example.com
ci             | GitHub Action             | action@github.com
ci             | gitlab-ci                 | ci@example.com
ci             | Jenkins                   | jenkins@example.com
ci             | Jenkins CI                | x@example.com
ci             | jenkins-x-bot             | x@example.com
ci             | Travis CI                 | x@example.com
ci             | CircleCI                  | x@example.com
ci             | Azure Pipelines           | x@example.com
ci             | Acme CI                   | x@example.com
ci             | acme-ci                   | x@example.com
ci             | nobody in particular      | ci@example.com
ci             | deployments               | deploy@example.com
ci             | Cloud Build               | 123@cloudbuild.gserviceaccount.com
ci             | Tekton Pipelines          | x@y
gitops         | argocd-image-updater      | noreply@argoproj.io
gitops         | Argo CD Image Updater     | x@y
gitops         | fluxcdbot                 | fluxcdbot@users.noreply.github.com
gitops         | fluxbot                   | x@y
gitops         | Flux                      | flux@example.com
gitops         | kargo                     | x@y
gitops         | acme-gitops-bot           | x@y
config-management | Terraform Cloud        | x@y
config-management | atlantis               | x@y
config-management | ansible                | x@y
config-management | Pulumi Bot             | x@y
helm           | helm                      | x@y
autoscaler     | cluster-autoscaler        | x@y
autoscaler     | karpenter                 | x@y
operator       | cert-manager-operator     | x@y
operator       | system:serviceaccount:a:b |
cloud-service  | AWS                       | x@codepipeline.amazonaws.com
gitops         | argocd-controller         |
gitops         | kustomize-controller      |
gitops         | helm-controller           |
human          | kubectl-edit              |
human          | kubectl                   |
human          | kubectl-client-side-apply |
human          | k9s                       |
helm           | Helm                      |
autoscaler     | vpa-updater               |
autoscaler     | cluster-autoscaler        |
autoscaler     | karpenter                 |
operator       | kube-controller-manager   |
operator       | cert-manager-cainjector   |
operator       | cert-manager-certificates-issuing-controller |
operator       | image-scanner             |
operator       | external-secrets.io/shop  |
operator       | node.cilium.io            |
operator       | external-secrets          |
human          | jane.doe                  | jane.doe@example.com
operator       | manager                   |
operator       | flag-operator             |
ci             | ci-deploy                 |
config-management | Terraform              |
config-management | HashiCorp              |
config-management | pulumi-kubernetes-1a2b |
unattributed   | Go-http-client            |
unattributed   | before-first-apply        |
unattributed   | root                      | root@localhost
unattributed   | GitHub                    | noreply@github.com
unattributed   |                           |
unattributed   | Your Name                 | you@example.com
unattributed   | ubuntu                    | ubuntu@ip-10-0-0-1
"""


class Row(NamedTuple):
    """A case of the table."""

    expected: str
    name: str
    email: str


def _rows() -> list[Row]:
    lines = [line for line in CASES.splitlines() if line.strip()]
    return [Row(*(cell.strip() for cell in line.split("|"))) for line in lines]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row.name}-{row.email}")
def test_classes(row: Row) -> None:
    """Each name and address has the class that stands before it, with evidence."""
    actor_class, evidence = classify(Person(row.name, row.email))

    assert (row.expected, True) == (actor_class.value, bool(evidence))


def test_every_class_of_the_table_has_a_case() -> None:
    """The table above covers all that the rules can say."""
    assert {rule.actor_class.value for rule in RULES} | {"human"} == {
        row.expected for row in _rows()
    }
    assert len(_rows()) > 80


def test_an_address_does_not_make_two_bots_one() -> None:
    """Bots that share an address are two actors; one bot with two addresses is one."""
    shared = "bot@users.noreply.github.com"
    people = [
        Person("henchbot", shared),
        Person("JupterHub Bot Account", shared),
        Person("dependabot[bot]", shared),
        Person("dependabot[bot]", "support@dependabot.com"),
    ]

    found = identify(people)

    names = {person: actor.name for person, actor in found.items()}
    assert ["henchbot", "JupterHub Bot Account", "dependabot[bot]", "dependabot[bot]"] == [
        names[person] for person in people
    ]
    assert {"bot"} == {actor.class_ for actor in found.values()}


def test_a_person_under_two_spellings() -> None:
    """Two spellings become one actor under the name most used, and the evidence says why."""
    usual, other = Person("Ada Lovelace", "ada@example.com"), Person("ada", "ADA@example.com")

    found = identify([usual, other], commits={usual: 5, other: 1})

    assert found[usual] == found[other]
    assert ("Ada Lovelace", "human") == (found[usual].name, found[usual].class_)
    assert "the same address" in found[usual].evidence


class Own(NamedTuple):
    """A row as driftline.toml gives one."""

    class_: str
    name: str = ""
    email: str = ""


def test_own_rules_come_first() -> None:
    """A row of the user decides before the table does."""
    person = Person("Jan Bot", "jan@example.nl")

    assert ActorClass.BOT == classify(person)[0]
    assert ActorClass.HUMAN == classify(person, own=[Own("human", "jan bot")])[0]
    assert ActorClass.CI == classify(person, own=[Own("ci", email="*@example.nl")])[0]
    assert ActorClass.BOT == classify(person, own=[Own("ci", "jan bot", "*@elsewhere")])[0]


def test_a_class_that_does_not_exist() -> None:
    """A misspelled class is refused with the nearest right one."""
    with pytest.raises(UsageError, match="did you mean 'operator'"):
        classify(Person("a", "b"), own=[Own("operater")])


def test_an_assistant_does_not_make_a_bot() -> None:
    """A person who was assisted is a person."""
    actor_class, evidence = classify(
        Person("Ada", "ada@x"), [Person("Claude Opus 4.5", "noreply@anthropic.com")]
    )

    assert (ActorClass.HUMAN, True) == (actor_class, "assisted by Claude" in evidence)


# assistant | name | e-mail
HELPERS = """
Claude    | Claude                    | noreply@anthropic.com
Claude    | Claude Code               |
Claude    | Claude Sonnet 4           | x@y
Copilot   | Copilot                   | 198982749+Copilot@users.noreply.github.com
Copilot   | GitHub Copilot            | x@y
Cursor    | Cursor                    | cursoragent@cursor.com
Cursor    | Cursor Agent              | x@y
Devin     | Devin AI                  | x@y
Devin     | Devin                     | 158243242+devin-ai-integration[bot]@users.noreply.github.com
aider     | Paul G (aider)            | paul@example.com
aider     | aider (gpt-5)             | noreply@aider.chat
Codex     | codex                     | x@y
Gemini    | gemini-cli                | x@y
Jules     | google-labs-jules[bot]    | x@y
Windsurf  | Windsurf                  | x@y
-         | Claude Monet              | claude@example.com
-         | Cody Miller               | cody@example.com
-         | Devin Smith               | devin@example.com
-         | Jules                     | jules@example.com
-         | Ada Cursorova             | ada@example.com
"""


def test_assistants() -> None:
    """Assistants are told from people who bear the same given name."""
    rows = [[cell.strip() for cell in line.split("|")] for line in HELPERS.strip().splitlines()]
    assert len(rows) > 15
    for label, name, email in rows:
        person = Person(name, email)

        assert ((), (label,))[label != "-"] == assistants(person, ()), name
        assert is_assistant(person) == (label != "-")


def test_every_assistant_has_a_pattern_that_compiles() -> None:
    """The table of assistants can be used as it stands."""
    assert () == assistants(Person("nobody", "nobody@example.com"), ())
    assert len(ASSISTANTS) > 10


def test_one_sentence_again_and_again_is_a_machine() -> None:
    """A human name that only ever writes one sentence with other figures is a bot."""
    person = Person("Ada", "ada@example.com")
    machine = [f"Update image api to 1.2.{number}" for number in range(30)]
    lazy = ["update"] * 30
    varied = [f"fix the {word} at last" for word in "abcdefghijklmnopqrstuvwxyz"]

    assert ActorClass.BOT == classify(person, subjects=machine)[0]
    assert "30 of 30 subjects read" in classify(person, subjects=machine)[1]
    for subjects in (lazy, varied, machine[:19]):
        assert ActorClass.HUMAN == classify(person, subjects=subjects)[0]
