"""Defaults of custom resources that many clusters have, for when no field managers are known.

The definitions of custom resources carry their defaults, and the field managers
tell that nobody set them. These lines serve where neither can be seen.
The format is that of `default_tables`.
"""

KINDS = """
HTTPRoute GRPCRoute TLSRoute TCPRoute UDPRoute
/spec/parentRefs/*/group                                        "gateway.networking.k8s.io"
/spec/parentRefs/*/kind                                         "Gateway"
/spec/rules/*/matches/*/path/type                               "PathPrefix"
/spec/rules/*/matches/*/path/value                              "/"
/spec/rules/*/backendRefs/*/group                               ""
/spec/rules/*/backendRefs/*/kind                                "Service"
/spec/rules/*/backendRefs/*/weight                              1

Gateway
/spec/listeners/*/allowedRoutes/namespaces/from                 "Same"
/spec/listeners/*/tls/mode                                      "Terminate"
/spec/listeners/*/tls/certificateRefs/*/group                   ""
/spec/listeners/*/tls/certificateRefs/*/kind                    "Secret"

ExternalSecret ClusterExternalSecret
/spec/refreshInterval                                           "1h" | "1h0m0s"
/spec/refreshPolicy                                             "Periodic"
/spec/secretStoreRef/kind                                       "SecretStore"
/spec/target/creationPolicy                                     "Owner"
/spec/target/deletionPolicy                                     "Retain"
/spec/target/template/engineVersion                             "v2"
/spec/target/template/mergePolicy                               "Replace"
/spec/data/*/remoteRef/conversionStrategy                       "Default"
/spec/data/*/remoteRef/decodingStrategy                         "None"
/spec/data/*/remoteRef/metadataPolicy                           "None"
/spec/dataFrom/*/extract/conversionStrategy                     "Default"
/spec/dataFrom/*/extract/decodingStrategy                       "None"
/spec/dataFrom/*/extract/metadataPolicy                         "None"
/spec/dataFrom/*/find/conversionStrategy                        "Default"
/spec/dataFrom/*/find/decodingStrategy                          "None"

Kustomization
/spec/force                                                     false

HelmRelease
/spec/chart/spec/reconcileStrategy                              "ChartVersion"
/spec/chart/spec/version                                        "*"

HelmChart
/spec/reconcileStrategy                                         "ChartVersion"
/spec/version                                                   "*"

GitRepository HelmRepository OCIRepository Bucket
/spec/timeout                                                   "60s"
/spec/provider                                                  "generic"

Route
/spec/to/kind                                                   "Service"
/spec/to/weight                                                 100
/spec/wildcardPolicy                                            "None"

DeploymentConfig
/spec/replicas                                                  1
/spec/revisionHistoryLimit                                      10
/spec/strategy/type                                             "Rolling"
/spec/strategy/activeDeadlineSeconds                            21600
/spec/strategy/rollingParams/intervalSeconds                    1
/spec/strategy/rollingParams/timeoutSeconds                     600
/spec/strategy/rollingParams/updatePeriodSeconds                1
/spec/strategy/rollingParams/maxSurge                           "25%"
/spec/strategy/rollingParams/maxUnavailable                     "25%"
/spec/triggers/*/type                                           "ConfigChange"

Rollout
/spec/replicas                                                  1
/spec/revisionHistoryLimit                                      10
"""
