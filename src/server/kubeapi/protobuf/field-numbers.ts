/**
 * Data in one piece: the numbers of the fields of the API's messages on the wire, one message a line. A field's number
 * is one more than that of the field before it unless `=N` says otherwise; `*` marks plain values that count even
 * where they are empty; `<` names a message whose fields belong to the object around it.
 */
export const FIELD_NUMBERS = `
admissionregistration.k8s.io/v1/AuditAnnotation key* valueExpression*
admissionregistration.k8s.io/v1/ExpressionWarning fieldRef*=2 warning*
admissionregistration.k8s.io/v1/MatchCondition name* expression*
admissionregistration.k8s.io/v1/MatchResources namespaceSelector objectSelector resourceRules excludeResourceRules matchPolicy*=7
admissionregistration.k8s.io/v1/MutatingWebhook name* clientConfig rules failurePolicy* namespaceSelector sideEffects* timeoutSeconds* admissionReviewVersions matchPolicy* reinvocationPolicy* objectSelector matchConditions
admissionregistration.k8s.io/v1/MutatingWebhookConfiguration metadata webhooks
admissionregistration.k8s.io/v1/NamedRuleWithOperations resourceNames <admissionregistration.k8s.io/v1/RuleWithOperations
admissionregistration.k8s.io/v1/ParamKind apiVersion kind
admissionregistration.k8s.io/v1/ParamRef name namespace selector parameterNotFoundAction*
admissionregistration.k8s.io/v1/Rule apiGroups apiVersions resources scope*
admissionregistration.k8s.io/v1/RuleWithOperations operations <admissionregistration.k8s.io/v1/Rule
admissionregistration.k8s.io/v1/ServiceReference namespace* name* path* port*
admissionregistration.k8s.io/v1/TypeChecking expressionWarnings
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy metadata spec status
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding metadata spec
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBindingSpec policyName paramRef matchResources validationActions
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicySpec paramKind matchConstraints validations failurePolicy* auditAnnotations matchConditions variables
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyStatus observedGeneration typeChecking conditions
admissionregistration.k8s.io/v1/ValidatingWebhook name* clientConfig rules failurePolicy* namespaceSelector sideEffects* timeoutSeconds* admissionReviewVersions matchPolicy* objectSelector matchConditions
admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration metadata webhooks
admissionregistration.k8s.io/v1/Validation expression* message reason* messageExpression
admissionregistration.k8s.io/v1/Variable name* expression*
admissionregistration.k8s.io/v1/WebhookClientConfig service caBundle url*
apps/v1/ControllerRevision metadata data revision*
apps/v1/DaemonSet metadata spec status
apps/v1/DaemonSetCondition type* status* lastTransitionTime reason message
apps/v1/DaemonSetSpec selector template updateStrategy minReadySeconds revisionHistoryLimit*=6
apps/v1/DaemonSetStatus currentNumberScheduled* numberMisscheduled* desiredNumberScheduled* numberReady* observedGeneration updatedNumberScheduled numberAvailable numberUnavailable collisionCount* conditions
apps/v1/DaemonSetUpdateStrategy type rollingUpdate
apps/v1/Deployment metadata spec status
apps/v1/DeploymentCondition type* status* reason=4 message lastUpdateTime lastTransitionTime
apps/v1/DeploymentSpec replicas* selector template strategy minReadySeconds revisionHistoryLimit* paused progressDeadlineSeconds*=9
apps/v1/DeploymentStatus observedGeneration replicas updatedReplicas availableReplicas unavailableReplicas conditions readyReplicas collisionCount* terminatingReplicas*
apps/v1/DeploymentStrategy type rollingUpdate
apps/v1/ReplicaSet metadata spec status
apps/v1/ReplicaSetCondition type* status* lastTransitionTime reason message
apps/v1/ReplicaSetSpec replicas* selector template minReadySeconds
apps/v1/ReplicaSetStatus replicas* fullyLabeledReplicas observedGeneration readyReplicas availableReplicas conditions terminatingReplicas*
apps/v1/RollingUpdateDaemonSet maxUnavailable maxSurge
apps/v1/RollingUpdateDeployment maxUnavailable maxSurge
apps/v1/RollingUpdateStatefulSetStrategy partition* maxUnavailable
apps/v1/StatefulSet metadata spec status
apps/v1/StatefulSetCondition type* status* lastTransitionTime reason message
apps/v1/StatefulSetOrdinals start*
apps/v1/StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted whenScaled
apps/v1/StatefulSetSpec replicas* selector template volumeClaimTemplates serviceName* podManagementPolicy updateStrategy revisionHistoryLimit* minReadySeconds persistentVolumeClaimRetentionPolicy ordinals
apps/v1/StatefulSetStatus observedGeneration replicas* readyReplicas currentReplicas updatedReplicas currentRevision updateRevision collisionCount*=9 conditions availableReplicas*
apps/v1/StatefulSetUpdateStrategy type rollingUpdate
authentication.k8s.io/v1/BoundObjectReference kind apiVersion name uid
authentication.k8s.io/v1/SelfSubjectReview metadata status
authentication.k8s.io/v1/SelfSubjectReviewStatus userInfo
authentication.k8s.io/v1/TokenRequest metadata spec status
authentication.k8s.io/v1/TokenRequestSpec audiences boundObjectRef=3 expirationSeconds*
authentication.k8s.io/v1/TokenRequestStatus token* expirationTimestamp
authentication.k8s.io/v1/TokenReview metadata spec status
authentication.k8s.io/v1/TokenReviewSpec token audiences
authentication.k8s.io/v1/TokenReviewStatus authenticated user error audiences
authentication.k8s.io/v1/UserInfo username uid groups extra
authorization.k8s.io/v1/FieldSelectorAttributes rawSelector requirements
authorization.k8s.io/v1/LabelSelectorAttributes rawSelector requirements
authorization.k8s.io/v1/LocalSubjectAccessReview metadata spec status
authorization.k8s.io/v1/NonResourceAttributes path verb
authorization.k8s.io/v1/NonResourceRule verbs nonResourceURLs
authorization.k8s.io/v1/ResourceAttributes namespace verb group version resource subresource name fieldSelector labelSelector
authorization.k8s.io/v1/ResourceRule verbs apiGroups resources resourceNames
authorization.k8s.io/v1/SelfSubjectAccessReview metadata spec status
authorization.k8s.io/v1/SelfSubjectAccessReviewSpec resourceAttributes nonResourceAttributes
authorization.k8s.io/v1/SelfSubjectRulesReview metadata spec status
authorization.k8s.io/v1/SelfSubjectRulesReviewSpec namespace
authorization.k8s.io/v1/SubjectAccessReview metadata spec status
authorization.k8s.io/v1/SubjectAccessReviewSpec resourceAttributes nonResourceAttributes user groups extra uid
authorization.k8s.io/v1/SubjectAccessReviewStatus allowed* reason evaluationError denied
authorization.k8s.io/v1/SubjectRulesReviewStatus resourceRules nonResourceRules incomplete* evaluationError
autoscaling/v1/CrossVersionObjectReference kind* name* apiVersion
autoscaling/v1/HorizontalPodAutoscaler metadata spec status
autoscaling/v1/HorizontalPodAutoscalerSpec scaleTargetRef minReplicas* maxReplicas* targetCPUUtilizationPercentage*
autoscaling/v1/HorizontalPodAutoscalerStatus observedGeneration* lastScaleTime currentReplicas* desiredReplicas* currentCPUUtilizationPercentage*
autoscaling/v1/Scale metadata spec status
autoscaling/v1/ScaleSpec replicas
autoscaling/v1/ScaleStatus replicas* selector
autoscaling/v2/ContainerResourceMetricSource name* target container*
autoscaling/v2/ContainerResourceMetricStatus name* current container*
autoscaling/v2/CrossVersionObjectReference kind* name* apiVersion
autoscaling/v2/ExternalMetricSource metric target
autoscaling/v2/ExternalMetricStatus metric current
autoscaling/v2/HPAScalingPolicy type* value* periodSeconds*
autoscaling/v2/HPAScalingRules selectPolicy* policies stabilizationWindowSeconds* tolerance
autoscaling/v2/HorizontalPodAutoscaler metadata spec status
autoscaling/v2/HorizontalPodAutoscalerBehavior scaleUp scaleDown
autoscaling/v2/HorizontalPodAutoscalerCondition type* status* lastTransitionTime reason message
autoscaling/v2/HorizontalPodAutoscalerSpec scaleTargetRef minReplicas* maxReplicas* metrics behavior
autoscaling/v2/HorizontalPodAutoscalerStatus observedGeneration* lastScaleTime currentReplicas desiredReplicas* currentMetrics conditions
autoscaling/v2/MetricIdentifier name* selector
autoscaling/v2/MetricSpec type* object pods resource external containerResource=7
autoscaling/v2/MetricStatus type* object pods resource external containerResource=7
autoscaling/v2/MetricTarget type* value averageValue averageUtilization*
autoscaling/v2/MetricValueStatus value averageValue averageUtilization*
autoscaling/v2/ObjectMetricSource describedObject target metric
autoscaling/v2/ObjectMetricStatus metric current describedObject
autoscaling/v2/PodsMetricSource metric target
autoscaling/v2/PodsMetricStatus metric current
autoscaling/v2/ResourceMetricSource name* target
autoscaling/v2/ResourceMetricStatus name* current
batch/v1/CronJob metadata spec status
batch/v1/CronJobSpec schedule* startingDeadlineSeconds* concurrencyPolicy suspend* jobTemplate successfulJobsHistoryLimit* failedJobsHistoryLimit* timeZone*
batch/v1/CronJobStatus active lastScheduleTime=4 lastSuccessfulTime
batch/v1/Job metadata spec status
batch/v1/JobCondition type* status* lastProbeTime lastTransitionTime reason message
batch/v1/JobSpec parallelism* completions* activeDeadlineSeconds* selector manualSelector* template backoffLimit* ttlSecondsAfterFinished* completionMode* suspend* podFailurePolicy backoffLimitPerIndex* maxFailedIndexes* podReplacementPolicy* managedBy* successPolicy
batch/v1/JobStatus conditions startTime completionTime active succeeded failed completedIndexes uncountedTerminatedPods ready* failedIndexes* terminating*
batch/v1/JobTemplateSpec metadata spec
batch/v1/PodFailurePolicy rules
batch/v1/PodFailurePolicyOnExitCodesRequirement containerName* operator* values
batch/v1/PodFailurePolicyOnPodConditionsPattern type* status*
batch/v1/PodFailurePolicyRule action* onExitCodes onPodConditions
batch/v1/SuccessPolicy rules
batch/v1/SuccessPolicyRule succeededIndexes* succeededCount*
batch/v1/UncountedTerminatedPods succeeded failed
certificates.k8s.io/v1/CertificateSigningRequest metadata spec status
certificates.k8s.io/v1/CertificateSigningRequestCondition type* reason message lastUpdateTime lastTransitionTime status*
certificates.k8s.io/v1/CertificateSigningRequestSpec request* username uid groups usages extra signerName* expirationSeconds*
certificates.k8s.io/v1/CertificateSigningRequestStatus conditions certificate
coordination.k8s.io/v1/Lease metadata spec
coordination.k8s.io/v1/LeaseSpec holderIdentity* leaseDurationSeconds* acquireTime renewTime leaseTransitions* strategy* preferredHolder*
discovery.k8s.io/v1/Endpoint addresses conditions hostname* targetRef deprecatedTopology nodeName* zone* hints
discovery.k8s.io/v1/EndpointConditions ready* serving* terminating*
discovery.k8s.io/v1/EndpointHints forZones forNodes
discovery.k8s.io/v1/EndpointPort name* protocol* port* appProtocol*
discovery.k8s.io/v1/EndpointSlice metadata endpoints ports addressType*
discovery.k8s.io/v1/ForNode name*
discovery.k8s.io/v1/ForZone name*
events.k8s.io/v1/Event metadata eventTime series reportingController reportingInstance action reason regarding related note type deprecatedSource deprecatedFirstTimestamp deprecatedLastTimestamp deprecatedCount
events.k8s.io/v1/EventSeries count* lastObservedTime
meta/v1/Condition type* status* observedGeneration lastTransitionTime reason* message*
meta/v1/DeleteOptions gracePeriodSeconds* preconditions orphanDependents* propagationPolicy* dryRun ignoreStoreReadErrorWithClusterBreakingPotential*
meta/v1/FieldSelectorRequirement key* operator* values
meta/v1/LabelSelector matchLabels matchExpressions
meta/v1/LabelSelectorRequirement key* operator* values
meta/v1/ManagedFieldsEntry manager operation apiVersion time fieldsType=6 fieldsV1 subresource
meta/v1/ObjectMeta name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds* labels annotations ownerReferences finalizers managedFields=17
meta/v1/OwnerReference kind* name*=3 uid* apiVersion* controller* blockOwnerDeletion*
meta/v1/Preconditions uid* resourceVersion*
networking.k8s.io/v1/HTTPIngressPath path backend pathType*
networking.k8s.io/v1/HTTPIngressRuleValue paths
networking.k8s.io/v1/IPAddress metadata spec
networking.k8s.io/v1/IPAddressSpec parentRef
networking.k8s.io/v1/IPBlock cidr* except
networking.k8s.io/v1/Ingress metadata spec status
networking.k8s.io/v1/IngressBackend resource=3 service
networking.k8s.io/v1/IngressClass metadata spec
networking.k8s.io/v1/IngressClassParametersReference apiGroup* kind* name* scope* namespace*
networking.k8s.io/v1/IngressClassSpec controller parameters
networking.k8s.io/v1/IngressLoadBalancerIngress ip hostname ports=4
networking.k8s.io/v1/IngressLoadBalancerStatus ingress
networking.k8s.io/v1/IngressPortStatus port* protocol* error*
networking.k8s.io/v1/IngressRule host <networking.k8s.io/v1/IngressRuleValue
networking.k8s.io/v1/IngressRuleValue http
networking.k8s.io/v1/IngressServiceBackend name* port
networking.k8s.io/v1/IngressSpec defaultBackend tls rules ingressClassName*
networking.k8s.io/v1/IngressStatus loadBalancer
networking.k8s.io/v1/IngressTLS hosts secretName
networking.k8s.io/v1/NetworkPolicy metadata spec
networking.k8s.io/v1/NetworkPolicyEgressRule ports to
networking.k8s.io/v1/NetworkPolicyIngressRule ports from
networking.k8s.io/v1/NetworkPolicyPeer podSelector namespaceSelector ipBlock
networking.k8s.io/v1/NetworkPolicyPort protocol* port endPort*
networking.k8s.io/v1/NetworkPolicySpec podSelector ingress egress policyTypes
networking.k8s.io/v1/ParentReference group resource namespace name
networking.k8s.io/v1/ServiceBackendPort name number
networking.k8s.io/v1/ServiceCIDR metadata spec status
networking.k8s.io/v1/ServiceCIDRSpec cidrs
networking.k8s.io/v1/ServiceCIDRStatus conditions
node.k8s.io/v1/Overhead podFixed
node.k8s.io/v1/RuntimeClass metadata handler* overhead scheduling
node.k8s.io/v1/Scheduling nodeSelector tolerations
policy/v1/Eviction metadata deleteOptions
policy/v1/PodDisruptionBudget metadata spec status
policy/v1/PodDisruptionBudgetSpec minAvailable selector maxUnavailable unhealthyPodEvictionPolicy*
policy/v1/PodDisruptionBudgetStatus observedGeneration disruptedPods disruptionsAllowed* currentHealthy* desiredHealthy* expectedPods* conditions
rbac.authorization.k8s.io/v1/AggregationRule clusterRoleSelectors
rbac.authorization.k8s.io/v1/ClusterRole metadata rules aggregationRule
rbac.authorization.k8s.io/v1/ClusterRoleBinding metadata subjects roleRef
rbac.authorization.k8s.io/v1/PolicyRule verbs apiGroups resources resourceNames nonResourceURLs
rbac.authorization.k8s.io/v1/Role metadata rules
rbac.authorization.k8s.io/v1/RoleBinding metadata subjects roleRef
rbac.authorization.k8s.io/v1/RoleRef apiGroup* kind* name*
rbac.authorization.k8s.io/v1/Subject kind* apiGroup name* namespace
scheduling.k8s.io/v1/PriorityClass metadata value* globalDefault description preemptionPolicy*
storage.k8s.io/v1/CSIDriver metadata spec
storage.k8s.io/v1/CSIDriverSpec attachRequired* podInfoOnMount* volumeLifecycleModes storageCapacity* fsGroupPolicy* tokenRequests requiresRepublish* seLinuxMount* nodeAllocatableUpdatePeriodSeconds*
storage.k8s.io/v1/CSINode metadata spec
storage.k8s.io/v1/CSINodeDriver name* nodeID* topologyKeys allocatable
storage.k8s.io/v1/CSINodeSpec drivers
storage.k8s.io/v1/CSIStorageCapacity metadata nodeTopology storageClassName* capacity maximumVolumeSize
storage.k8s.io/v1/StorageClass metadata provisioner* parameters reclaimPolicy* mountOptions allowVolumeExpansion* volumeBindingMode* allowedTopologies
storage.k8s.io/v1/TokenRequest audience* expirationSeconds*
storage.k8s.io/v1/VolumeAttachment metadata spec status
storage.k8s.io/v1/VolumeAttachmentSource persistentVolumeName* inlineVolumeSpec
storage.k8s.io/v1/VolumeAttachmentSpec attacher* source nodeName*
storage.k8s.io/v1/VolumeAttachmentStatus attached* attachmentMetadata attachError detachError
storage.k8s.io/v1/VolumeError time message errorCode*
storage.k8s.io/v1/VolumeNodeResources count*
v1/AWSElasticBlockStoreVolumeSource volumeID* fsType partition readOnly
v1/Affinity nodeAffinity podAffinity podAntiAffinity
v1/AppArmorProfile type* localhostProfile*
v1/AttachedVolume name* devicePath*
v1/AzureDiskVolumeSource diskName* diskURI* cachingMode* fsType* readOnly* kind*
v1/AzureFilePersistentVolumeSource secretName* shareName* readOnly secretNamespace*
v1/AzureFileVolumeSource secretName* shareName* readOnly
v1/Binding metadata target
v1/CSIPersistentVolumeSource driver* volumeHandle* readOnly fsType volumeAttributes controllerPublishSecretRef nodeStageSecretRef nodePublishSecretRef controllerExpandSecretRef nodeExpandSecretRef
v1/CSIVolumeSource driver* readOnly* fsType* volumeAttributes nodePublishSecretRef
v1/Capabilities add drop
v1/CephFSPersistentVolumeSource monitors path user secretFile secretRef readOnly
v1/CephFSVolumeSource monitors path user secretFile secretRef readOnly
v1/CinderPersistentVolumeSource volumeID* fsType readOnly secretRef
v1/CinderVolumeSource volumeID* fsType readOnly secretRef
v1/ClientIPConfig timeoutSeconds*
v1/ClusterTrustBundleProjection name* signerName* labelSelector path* optional*
v1/ComponentCondition type* status* message error
v1/ComponentStatus metadata conditions
v1/ConfigMap metadata data binaryData immutable*
v1/ConfigMapEnvSource <v1/LocalObjectReference optional*
v1/ConfigMapKeySelector <v1/LocalObjectReference key* optional*
v1/ConfigMapNodeConfigSource namespace* name* uid resourceVersion kubeletConfigKey*
v1/ConfigMapProjection <v1/LocalObjectReference items optional*=4
v1/ConfigMapVolumeSource <v1/LocalObjectReference items defaultMode* optional*
v1/Container name* image command args workingDir ports env resources volumeMounts livenessProbe readinessProbe lifecycle terminationMessagePath imagePullPolicy securityContext stdin stdinOnce tty envFrom terminationMessagePolicy volumeDevices startupProbe resizePolicy restartPolicy*
v1/ContainerImage names sizeBytes
v1/ContainerPort name hostPort containerPort* protocol hostIP
v1/ContainerResizePolicy resourceName* restartPolicy*
v1/ContainerState waiting running terminated
v1/ContainerStateRunning startedAt
v1/ContainerStateTerminated exitCode* signal reason message startedAt finishedAt containerID
v1/ContainerStateWaiting reason message
v1/ContainerStatus name* state lastState ready* restartCount* image* imageID* containerID started* allocatedResources resources volumeMounts user allocatedResourcesStatus stopSignal*
v1/ContainerUser linux
v1/DaemonEndpoint Port*
v1/DownwardAPIProjection items
v1/DownwardAPIVolumeFile path* fieldRef resourceFieldRef mode*
v1/DownwardAPIVolumeSource items defaultMode*
v1/EmptyDirVolumeSource medium sizeLimit
v1/EndpointAddress ip* targetRef hostname nodeName*
v1/EndpointPort name port* protocol appProtocol*
v1/EndpointSubset addresses notReadyAddresses ports
v1/Endpoints metadata subsets
v1/EnvFromSource prefix configMapRef secretRef
v1/EnvVar name* value valueFrom
v1/EnvVarSource fieldRef resourceFieldRef configMapKeyRef secretKeyRef
v1/EphemeralContainer <v1/EphemeralContainerCommon targetContainerName
v1/EphemeralContainerCommon name* image command args workingDir ports env resources volumeMounts livenessProbe readinessProbe lifecycle terminationMessagePath imagePullPolicy securityContext stdin stdinOnce tty envFrom terminationMessagePolicy volumeDevices startupProbe resizePolicy restartPolicy*
v1/EphemeralVolumeSource volumeClaimTemplate
v1/Event metadata involvedObject reason message source firstTimestamp lastTimestamp count type eventTime series action related reportingComponent* reportingInstance*
v1/EventSeries count lastObservedTime
v1/EventSource component host
v1/ExecAction command
v1/FCVolumeSource targetWWNs lun* fsType readOnly wwids
v1/FlexPersistentVolumeSource driver* fsType secretRef readOnly options
v1/FlexVolumeSource driver* fsType secretRef readOnly options
v1/FlockerVolumeSource datasetName datasetUUID
v1/GCEPersistentDiskVolumeSource pdName* fsType partition readOnly
v1/GRPCAction port* service*
v1/GitRepoVolumeSource repository* revision directory
v1/GlusterfsPersistentVolumeSource endpoints* path* readOnly endpointsNamespace*
v1/GlusterfsVolumeSource endpoints* path* readOnly
v1/HTTPGetAction path port host scheme httpHeaders
v1/HTTPHeader name* value*
v1/HostAlias ip* hostnames
v1/HostIP ip*
v1/HostPathVolumeSource path* type*
v1/ISCSIPersistentVolumeSource targetPortal* iqn* lun* iscsiInterface fsType readOnly portals chapAuthDiscovery secretRef=10 chapAuthSession initiatorName*
v1/ISCSIVolumeSource targetPortal* iqn* lun* iscsiInterface fsType readOnly portals chapAuthDiscovery secretRef=10 chapAuthSession initiatorName*
v1/ImageVolumeSource reference pullPolicy
v1/KeyToPath key* path* mode*
v1/Lifecycle postStart preStop stopSignal*
v1/LifecycleHandler exec httpGet tcpSocket sleep
v1/LimitRange metadata spec
v1/LimitRangeItem type* max min default defaultRequest maxLimitRequestRatio
v1/LimitRangeSpec limits
v1/LinuxContainerUser uid* gid* supplementalGroups
v1/LoadBalancerIngress ip hostname ipMode* ports
v1/LoadBalancerStatus ingress
v1/LocalObjectReference name
v1/LocalVolumeSource path* fsType*
v1/ModifyVolumeStatus targetVolumeAttributesClassName status*
v1/NFSVolumeSource server* path* readOnly
v1/Namespace metadata spec status
v1/NamespaceCondition type* status* lastTransitionTime=4 reason message
v1/NamespaceSpec finalizers
v1/NamespaceStatus phase conditions
v1/Node metadata spec status
v1/NodeAddress type* address*
v1/NodeAffinity requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution
v1/NodeCondition type* status* lastHeartbeatTime lastTransitionTime reason message
v1/NodeConfigSource configMap=2
v1/NodeConfigStatus assigned active lastKnownGood error
v1/NodeDaemonEndpoints kubeletEndpoint
v1/NodeFeatures supplementalGroupsPolicy*
v1/NodeRuntimeHandler name* features
v1/NodeRuntimeHandlerFeatures recursiveReadOnlyMounts* userNamespaces*
v1/NodeSelector nodeSelectorTerms
v1/NodeSelectorRequirement key* operator* values
v1/NodeSelectorTerm matchExpressions matchFields
v1/NodeSpec podCIDR externalID providerID unschedulable taints configSource podCIDRs
v1/NodeStatus capacity allocatable phase conditions addresses daemonEndpoints nodeInfo images volumesInUse volumesAttached config runtimeHandlers features
v1/NodeSwapStatus capacity*
v1/NodeSystemInfo machineID* systemUUID* bootID* kernelVersion* osImage* containerRuntimeVersion* kubeletVersion* kubeProxyVersion* operatingSystem* architecture* swap
v1/ObjectFieldSelector apiVersion fieldPath*
v1/ObjectReference kind namespace name uid apiVersion resourceVersion fieldPath
v1/PersistentVolume metadata spec status
v1/PersistentVolumeClaim metadata spec status
v1/PersistentVolumeClaimCondition type* status* lastProbeTime lastTransitionTime reason message
v1/PersistentVolumeClaimSpec accessModes resources volumeName selector storageClassName* volumeMode* dataSource dataSourceRef volumeAttributesClassName*
v1/PersistentVolumeClaimStatus phase accessModes capacity conditions allocatedResources allocatedResourceStatuses=7 currentVolumeAttributesClassName* modifyVolumeStatus
v1/PersistentVolumeClaimTemplate metadata spec
v1/PersistentVolumeClaimVolumeSource claimName* readOnly
v1/PersistentVolumeSource gcePersistentDisk awsElasticBlockStore hostPath glusterfs nfs rbd iscsi cinder cephfs fc flocker flexVolume azureFile vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO local storageos csi
v1/PersistentVolumeSpec capacity <v1/PersistentVolumeSource accessModes claimRef persistentVolumeReclaimPolicy storageClassName mountOptions volumeMode* nodeAffinity volumeAttributesClassName*
v1/PersistentVolumeStatus phase message reason lastPhaseTransitionTime
v1/PhotonPersistentDiskVolumeSource pdID* fsType
v1/Pod metadata spec status
v1/PodAffinity requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution
v1/PodAffinityTerm labelSelector namespaces topologyKey* namespaceSelector matchLabelKeys mismatchLabelKeys
v1/PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution
v1/PodCondition type* status* lastProbeTime lastTransitionTime reason message observedGeneration
v1/PodDNSConfig nameservers searches options
v1/PodDNSConfigOption name value*
v1/PodIP ip*
v1/PodOS name*
v1/PodReadinessGate conditionType*
v1/PodResourceClaim name* resourceClaimName*=3 resourceClaimTemplateName*
v1/PodResourceClaimStatus name* resourceClaimName*
v1/PodSchedulingGate name*
v1/PodSecurityContext seLinuxOptions runAsUser* runAsNonRoot* supplementalGroups fsGroup* runAsGroup* sysctls windowsOptions fsGroupChangePolicy* seccompProfile appArmorProfile supplementalGroupsPolicy* seLinuxChangePolicy*
v1/PodSpec volumes containers restartPolicy terminationGracePeriodSeconds* activeDeadlineSeconds* dnsPolicy nodeSelector serviceAccountName serviceAccount nodeName hostNetwork hostPID hostIPC securityContext imagePullSecrets hostname subdomain affinity schedulerName initContainers automountServiceAccountToken* tolerations hostAliases priorityClassName priority* dnsConfig shareProcessNamespace* readinessGates runtimeClassName* enableServiceLinks* preemptionPolicy* overhead topologySpreadConstraints ephemeralContainers setHostnameAsFQDN* os hostUsers* schedulingGates resourceClaims resources
v1/PodStatus phase conditions message reason hostIP podIP startTime containerStatuses qosClass initContainerStatuses nominatedNodeName podIPs ephemeralContainerStatuses resize resourceClaimStatuses hostIPs observedGeneration
v1/PodTemplate metadata template
v1/PodTemplateSpec metadata spec
v1/PortStatus port* protocol* error*
v1/PortworxVolumeSource volumeID* fsType readOnly
v1/PreferredSchedulingTerm weight* preference
v1/Probe <v1/ProbeHandler initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds*
v1/ProbeHandler exec httpGet tcpSocket grpc
v1/ProjectedVolumeSource sources defaultMode*
v1/QuobyteVolumeSource registry* volume* readOnly user group tenant
v1/RBDPersistentVolumeSource monitors image* fsType pool user keyring secretRef readOnly
v1/RBDVolumeSource monitors image* fsType pool user keyring secretRef readOnly
v1/ReplicationController metadata spec status
v1/ReplicationControllerCondition type* status* lastTransitionTime reason message
v1/ReplicationControllerSpec replicas* selector template minReadySeconds
v1/ReplicationControllerStatus replicas* fullyLabeledReplicas observedGeneration readyReplicas availableReplicas conditions
v1/ResourceClaim name* request
v1/ResourceFieldSelector containerName resource* divisor
v1/ResourceHealth resourceID* health
v1/ResourceQuota metadata spec status
v1/ResourceQuotaSpec hard scopes scopeSelector
v1/ResourceQuotaStatus hard used
v1/ResourceRequirements limits requests claims
v1/ResourceStatus name* resources
v1/SELinuxOptions user role type level
v1/ScaleIOPersistentVolumeSource gateway* system* secretRef sslEnabled protectionDomain storagePool storageMode volumeName fsType readOnly
v1/ScaleIOVolumeSource gateway* system* secretRef sslEnabled protectionDomain storagePool storageMode volumeName fsType readOnly
v1/ScopeSelector matchExpressions
v1/ScopedResourceSelectorRequirement scopeName* operator* values
v1/SeccompProfile type* localhostProfile*
v1/Secret metadata data type stringData immutable*
v1/SecretEnvSource <v1/LocalObjectReference optional*
v1/SecretKeySelector <v1/LocalObjectReference key* optional*
v1/SecretProjection <v1/LocalObjectReference items optional*=4
v1/SecretReference name namespace
v1/SecretVolumeSource secretName items defaultMode* optional*
v1/SecurityContext capabilities privileged* seLinuxOptions runAsUser* runAsNonRoot* readOnlyRootFilesystem* allowPrivilegeEscalation* runAsGroup* procMount* windowsOptions seccompProfile appArmorProfile
v1/Service metadata spec status
v1/ServiceAccount metadata secrets imagePullSecrets automountServiceAccountToken*
v1/ServiceAccountTokenProjection audience expirationSeconds* path*
v1/ServicePort name protocol port* targetPort nodePort appProtocol*
v1/ServiceSpec ports selector clusterIP type externalIPs sessionAffinity=7 loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilyPolicy*=17 clusterIPs ipFamilies allocateLoadBalancerNodePorts* loadBalancerClass* internalTrafficPolicy* trafficDistribution*
v1/ServiceStatus loadBalancer conditions
v1/SessionAffinityConfig clientIP
v1/SleepAction seconds*
v1/StorageOSPersistentVolumeSource volumeName volumeNamespace fsType readOnly secretRef
v1/StorageOSVolumeSource volumeName volumeNamespace fsType readOnly secretRef
v1/Sysctl name* value*
v1/TCPSocketAction port host
v1/Taint key* value effect* timeAdded
v1/Toleration key operator value effect tolerationSeconds*
v1/TopologySelectorLabelRequirement key* values
v1/TopologySelectorTerm matchLabelExpressions
v1/TopologySpreadConstraint maxSkew* topologyKey* whenUnsatisfiable* labelSelector minDomains* nodeAffinityPolicy* nodeTaintsPolicy* matchLabelKeys
v1/TypedLocalObjectReference apiGroup* kind* name*
v1/TypedObjectReference apiGroup* kind* name* namespace*
v1/Volume name* <v1/VolumeSource
v1/VolumeDevice name* devicePath*
v1/VolumeMount name* readOnly mountPath* subPath mountPropagation* subPathExpr recursiveReadOnly*
v1/VolumeMountStatus name* mountPath* readOnly recursiveReadOnly*
v1/VolumeNodeAffinity required
v1/VolumeProjection secret downwardAPI configMap serviceAccountToken clusterTrustBundle
v1/VolumeResourceRequirements limits requests
v1/VolumeSource hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs persistentVolumeClaim rbd flexVolume cinder cephfs flocker downwardAPI fc azureFile configMap vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO projected storageos csi ephemeral image
v1/VsphereVirtualDiskVolumeSource volumePath* fsType storagePolicyName storagePolicyID
v1/WeightedPodAffinityTerm weight* podAffinityTerm
v1/WindowsSecurityContextOptions gmsaCredentialSpecName* gmsaCredentialSpec* runAsUserName* hostProcess*
`;
