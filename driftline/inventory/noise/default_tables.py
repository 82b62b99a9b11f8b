"""What the API server fills in by itself, kind by kind, as tables.

A line is a path and the values that count as nobody's, as JSON. `old` marks
the default of a version of the API that is no longer served: objects created
through it keep it. Paths are those of the object, `*` is any element.
Written from the documented defaults of the Kubernetes API.
"""

POD = """
restartPolicy                                                   "Always"
dnsPolicy                                                       "ClusterFirst"
schedulerName                                                   "default-scheduler"
serviceAccountName                                              "default"
serviceAccount                                                  "default"
terminationGracePeriodSeconds                                   30
enableServiceLinks                                              true
preemptionPolicy                                                "PreemptLowerPriority"
priority                                                        0
securityContext                                                 {}
shareProcessNamespace                                           false
hostNetwork                                                     false
volumes/*/configMap/defaultMode                                 420
volumes/*/secret/defaultMode                                    420
volumes/*/projected/defaultMode                                 420
volumes/*/downwardAPI/defaultMode                               420
volumes/*/downwardAPI/items/*/fieldRef/apiVersion               "v1"
volumes/*/downwardAPI/items/*/resourceFieldRef/divisor          "0"
volumes/*/projected/sources/*/serviceAccountToken/expirationSeconds   3600
volumes/*/projected/sources/*/downwardAPI/items/*/fieldRef/apiVersion "v1"
volumes/*/projected/sources/*/downwardAPI/items/*/resourceFieldRef/divisor "0"
volumes/*/ephemeral/volumeClaimTemplate/spec/volumeMode         "Filesystem"
volumes/*/hostPath/type                                         ""
volumes/*/iscsi/iscsiInterface                                  "default"
volumes/*/rbd/pool                                              "rbd"
volumes/*/rbd/user                                              "admin"
volumes/*/rbd/keyring                                           "/etc/ceph/keyring"
volumes/*/azureDisk/cachingMode                                 "ReadWrite"
volumes/*/azureDisk/fsType                                      "ext4"
volumes/*/azureDisk/readOnly                                    false
volumes/*/azureDisk/kind                                        "Shared"
volumes/*/scaleIO/storageMode                                   "ThinProvisioned"
volumes/*/scaleIO/fsType                                        "xfs"
volumes/*/image/pullPolicy                                      "IfNotPresent" | "Always"
tolerations/*/operator                                          "Equal"
"""

CONTAINER = """
terminationMessagePath                                          "/dev/termination-log"
terminationMessagePolicy                                        "File"
resources                                                       {}
ports/*/protocol                                                "TCP"
env/*/valueFrom/fieldRef/apiVersion                             "v1"
env/*/valueFrom/resourceFieldRef/divisor                        "0"
env/*/valueFrom/configMapKeyRef/name                            ""
env/*/valueFrom/secretKeyRef/name                               ""
resizePolicy/*/restartPolicy                                    "NotRequired"
resizePolicy/*/resourceName                                     "cpu" | "memory"
securityContext/procMount                                       "Default"
stdin                                                           false
tty                                                             false
lifecycle/postStart/httpGet/scheme                              "HTTP"
lifecycle/postStart/httpGet/path                                "/"
lifecycle/preStop/httpGet/scheme                                "HTTP"
lifecycle/preStop/httpGet/path                                  "/"
"""

PROBE = """
failureThreshold                                                3
successThreshold                                                1
timeoutSeconds                                                  1
periodSeconds                                                   10
initialDelaySeconds                                             0
httpGet/scheme                                                  "HTTP"
httpGet/path                                                    "/"
grpc/service                                                    ""
"""

CLAIM = """
volumeMode                                                      "Filesystem"
"""

KINDS = """
Deployment
/spec/replicas                                                  1
/spec/revisionHistoryLimit                                      10 | old 2 | old 2147483647
/spec/progressDeadlineSeconds                                   600 | old 2147483647
/spec/strategy/type                                             "RollingUpdate"
/spec/strategy/rollingUpdate/maxSurge                           "25%" | old 1
/spec/strategy/rollingUpdate/maxUnavailable                     "25%" | old 1

StatefulSet
/spec/replicas                                                  1
/spec/podManagementPolicy                                       "OrderedReady"
/spec/revisionHistoryLimit                                      10
/spec/updateStrategy/type                                       "RollingUpdate" | old "OnDelete"
/spec/updateStrategy/rollingUpdate/partition                    0
/spec/updateStrategy/rollingUpdate/maxUnavailable               1
/spec/persistentVolumeClaimRetentionPolicy/whenDeleted          "Retain"
/spec/persistentVolumeClaimRetentionPolicy/whenScaled           "Retain"
/spec/volumeClaimTemplates/*/apiVersion                         "v1"
/spec/volumeClaimTemplates/*/kind                               "PersistentVolumeClaim"
/spec/volumeClaimTemplates/*/spec/volumeMode                    "Filesystem"

DaemonSet
/spec/revisionHistoryLimit                                      10
/spec/updateStrategy/type                                       "RollingUpdate" | old "OnDelete"
/spec/updateStrategy/rollingUpdate/maxUnavailable               1
/spec/updateStrategy/rollingUpdate/maxSurge                     0

ReplicaSet
/spec/replicas                                                  1

ReplicationController
/spec/replicas                                                  1

Job
/spec/parallelism                                               1
/spec/completions                                               1
/spec/backoffLimit                                              6
/spec/completionMode                                            "NonIndexed"
/spec/suspend                                                   false
/spec/manualSelector                                            false
/spec/podReplacementPolicy                                      "TerminatingOrFailed" | "Failed"

CronJob
/spec/concurrencyPolicy                                         "Allow"
/spec/suspend                                                   false
/spec/successfulJobsHistoryLimit                                3
/spec/failedJobsHistoryLimit                                    1
/spec/jobTemplate/spec/parallelism                              1
/spec/jobTemplate/spec/completions                              1
/spec/jobTemplate/spec/backoffLimit                             6
/spec/jobTemplate/spec/completionMode                           "NonIndexed"

Service
/spec/type                                                      "ClusterIP"
/spec/sessionAffinity                                           "None"
/spec/sessionAffinityConfig/clientIP/timeoutSeconds             10800
/spec/internalTrafficPolicy                                     "Cluster"
/spec/externalTrafficPolicy                                     "Cluster"
/spec/allocateLoadBalancerNodePorts                             true
/spec/publishNotReadyAddresses                                  false
/spec/ipFamilyPolicy                                            "SingleStack"
/spec/ipFamilies/*                                              "IPv4" | "IPv6"
/spec/ports/*/protocol                                          "TCP"

Ingress
/spec/rules/*/http/paths/*/pathType                             "ImplementationSpecific"

IngressClass
/spec/parameters/scope                                          "Cluster"

NetworkPolicy
/spec/policyTypes/*                                             "Ingress"
/spec/ingress/*/ports/*/protocol                                "TCP"
/spec/egress/*/ports/*/protocol                                 "TCP"

HorizontalPodAutoscaler
/spec/minReplicas                                               1
/spec/targetCPUUtilizationPercentage                            80
/spec/metrics/*/type                                            "Resource"
/spec/metrics/*/resource/name                                   "cpu"
/spec/metrics/*/resource/target/type                            "Utilization"
/spec/metrics/*/resource/target/averageUtilization              80
/spec/behavior/scaleUp/stabilizationWindowSeconds               0
/spec/behavior/scaleUp/selectPolicy                             "Max"
/spec/behavior/scaleUp/policies/*/type                          "Pods" | "Percent"
/spec/behavior/scaleUp/policies/*/value                         4 | 100
/spec/behavior/scaleUp/policies/*/periodSeconds                 15
/spec/behavior/scaleDown/stabilizationWindowSeconds             300
/spec/behavior/scaleDown/selectPolicy                           "Max"
/spec/behavior/scaleDown/policies/*/type                        "Percent"
/spec/behavior/scaleDown/policies/*/value                       100
/spec/behavior/scaleDown/policies/*/periodSeconds               15

PersistentVolumeClaim
/spec/volumeMode                                                "Filesystem"

PersistentVolume
/spec/volumeMode                                                "Filesystem"
/spec/persistentVolumeReclaimPolicy                             "Retain"
/spec/hostPath/type                                             ""
/spec/iscsi/iscsiInterface                                      "default"
/spec/rbd/pool                                                  "rbd"
/spec/rbd/user                                                  "admin"
/spec/rbd/keyring                                               "/etc/ceph/keyring"
/spec/azureDisk/cachingMode                                     "ReadWrite"
/spec/azureDisk/fsType                                          "ext4"
/spec/azureDisk/readOnly                                        false
/spec/azureDisk/kind                                            "Shared"

StorageClass
/reclaimPolicy                                                  "Delete"
/volumeBindingMode                                              "Immediate"

Secret
/type                                                           "Opaque"

RoleBinding ClusterRoleBinding
/roleRef/apiGroup                                               "rbac.authorization.k8s.io"
/subjects/*/apiGroup                                            "rbac.authorization.k8s.io" | ""

ValidatingWebhookConfiguration MutatingWebhookConfiguration
/webhooks/*/failurePolicy                                       "Fail" | old "Ignore"
/webhooks/*/matchPolicy                                         "Equivalent" | old "Exact"
/webhooks/*/timeoutSeconds                                      10 | old 30
/webhooks/*/sideEffects                                         old "Unknown"
/webhooks/*/admissionReviewVersions/*                           old "v1beta1"
/webhooks/*/namespaceSelector                                   {}
/webhooks/*/objectSelector                                      {}
/webhooks/*/reinvocationPolicy                                  "Never"
/webhooks/*/rules/*/scope                                       "*"
/webhooks/*/clientConfig/service/port                           443

ValidatingAdmissionPolicy MutatingAdmissionPolicy
/spec/failurePolicy                                             "Fail"
/spec/reinvocationPolicy                                        "Never"
/spec/matchConstraints/matchPolicy                              "Equivalent"
/spec/matchConstraints/namespaceSelector                        {}
/spec/matchConstraints/objectSelector                           {}
/spec/matchConstraints/resourceRules/*/scope                    "*"
/spec/matchConstraints/excludeResourceRules/*/scope             "*"

ValidatingAdmissionPolicyBinding MutatingAdmissionPolicyBinding
/spec/matchResources/matchPolicy                                "Equivalent"
/spec/matchResources/namespaceSelector                          {}
/spec/matchResources/objectSelector                             {}
/spec/matchResources/resourceRules/*/scope                      "*"

CustomResourceDefinition
/spec/conversion/strategy                                       "None"
/spec/conversion/webhook/clientConfig/service/port              443
/spec/preserveUnknownFields                                     false
/spec/scope                                                     "Namespaced"

APIService
/spec/service/port                                              443

PriorityClass
/preemptionPolicy                                               "PreemptLowerPriority"
/globalDefault                                                  false

CSIDriver
/spec/attachRequired                                            true
/spec/podInfoOnMount                                            false
/spec/requiresRepublish                                         false
/spec/storageCapacity                                           false
/spec/seLinuxMount                                              false
/spec/fsGroupPolicy                                             "ReadWriteOnceWithFSType"
/spec/volumeLifecycleModes/*                                    "Persistent"

FlowSchema
/spec/matchingPrecedence                                        1000

PriorityLevelConfiguration
/spec/limited/nominalConcurrencyShares                          30
/spec/limited/lendablePercent                                   0
/spec/limited/limitResponse/queuing/queues                      64
/spec/limited/limitResponse/queuing/handSize                    8
/spec/limited/limitResponse/queuing/queueLengthLimit            50
/spec/exempt/nominalConcurrencyShares                           0
/spec/exempt/lendablePercent                                    0

Namespace
/spec/finalizers/*                                              "kubernetes"

Endpoints
/subsets/*/ports/*/protocol                                     "TCP"

EndpointSlice
/ports/*/protocol                                               "TCP"
/ports/*/name                                                   ""
"""
