from driftline.inventory.noise.settings_read import SettingsRead, settings_read

WEB = "/spec/containers/[name=web]"


def test_all_ways_of_reading_are_seen() -> None:
    """Volumes and projected volumes are files; variables are read at the start."""
    facts = {
        "/spec/volumes/[name=a]/configMap/name": '"files"',
        "/spec/volumes/[name=b]/secret/secretName": '"keys"',
        "/spec/volumes/[name=c]/projected/sources/0/configMap/name": '"projected"',
        f"{WEB}/envFrom/0/configMapRef/name": '"all"',
        f"{WEB}/env/[name=X]/valueFrom/secretKeyRef/name": '"one"',
        "/spec/initContainers/[name=i]/envFrom/0/secretRef/name": '"first"',
        f"{WEB}/name": '"web"',
    }
    expected = [
        SettingsRead("ConfigMap/shop/all", as_variables=True),
        SettingsRead("ConfigMap/shop/files", as_variables=False),
        SettingsRead("ConfigMap/shop/projected", as_variables=False),
        SettingsRead("Secret/shop/first", as_variables=True),
        SettingsRead("Secret/shop/keys", as_variables=False),
        SettingsRead("Secret/shop/one", as_variables=True),
    ]

    assert expected == list(settings_read("Pod/shop/web-1", facts))


def test_what_is_read_in_both_ways_counts_as_variables() -> None:
    """A variable does not change while the pod lives, whatever its files do."""
    facts = {
        "/spec/volumes/[name=a]/configMap/name": '"both"',
        f"{WEB}/envFrom/0/configMapRef/name": '"both"',
    }

    assert [SettingsRead("ConfigMap/shop/both", as_variables=True)] == list(
        settings_read("Pod/shop/web-1", facts)
    )


def test_certificates_that_the_cluster_renews_are_no_settings() -> None:
    """They change in every namespace, and programs read them again."""
    facts = {"/spec/volumes/[name=a]/projected/sources/1/configMap/name": '"kube-root-ca.crt"'}

    assert () == settings_read("Pod/shop/web-1", facts)
