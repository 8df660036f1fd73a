import type { Area } from "./frame/area";

const LIMITS = `apiVersion: v1
kind: LimitRange
metadata: {name: bounds}
spec:
  limits:
  - type: Container
    max: {cpu: "1", memory: 512Mi}
    min: {cpu: 50m}
    default: {cpu: 200m, memory: 128Mi}
    defaultRequest: {cpu: 100m}
    maxLimitRequestRatio: {cpu: "4"}
  - type: Pod
    max: {cpu: "2"}
`;
const BAD_LIMITS = `apiVersion: v1
kind: LimitRange
metadata: {name: bad}
spec:
  limits:
  - type: Container
    max: {cpu: 100m}
    min: {cpu: 200m}
    default: {cpu: "2"}
  - type: Container
  - type: Sack
  - type: PersistentVolumeClaim
`;
const pod = (name: string, resources: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers:
  - name: main
    image: nginx
    resources: ${resources}
`;
const SCOPED = `apiVersion: v1
kind: ResourceQuota
metadata: {name: scoped}
spec:
  hard: {pods: "1"}
  scopes: [BestEffort, NotTerminating]
`;

export const quota: Area = {
  name: "quota",
  files: {
    "limits.yaml": LIMITS,
    "bad-limits.yaml": BAD_LIMITS,
    "plain.yaml": pod("plain", "{}"),
    "large.yaml": pod("large", '{limits: {cpu: "3"}}'),
    "small.yaml": pod("small", "{limits: {cpu: 20m}}"),
    "apart.yaml": pod("apart", "{requests: {cpu: 100m}, limits: {cpu: 900m}}"),
    "fits.yaml": pod("fits", "{requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 64Mi}}"),
    "scoped.yaml": SCOPED,
  },
  setup: [],
  lines: [
    "kubectl apply -f bad-limits.yaml",
    "kubectl apply -f limits.yaml",
    "kubectl get limitrange",
    "kubectl get limits bounds -o yaml",
    "kubectl describe limits bounds",
    "kubectl create -f large.yaml",
    "kubectl create -f small.yaml",
    "kubectl create -f apart.yaml",
    "kubectl create -f plain.yaml -o yaml",
    "kubectl delete limits bounds",
    "kubectl delete pod plain --now",
    "kubectl create quota q --hard=pods=2,cpu=1,memory=1Gi,limits.cpu=2,services=1,count/deployments.apps=1",
    "kubectl create quota bad --hard=rabbits=1",
    "kubectl create quota bad --hard=pods=1.5",
    "kubectl create quota bad --hard=cpu=1 --scopes=BestEffort",
    "kubectl get quota",
    "kubectl describe quota q",
    "kubectl create -f plain.yaml",
    "kubectl create -f fits.yaml",
    "kubectl get quota q",
    "kubectl describe quota",
    "kubectl describe ns default",
    "kubectl create deployment one --image=nginx",
    "kubectl create deployment two --image=nginx",
    "kubectl create service clusterip one --tcp=80",
    "kubectl expose deployment one --port=80 --name=two",
    "kubectl create -f large.yaml",
    "kubectl delete pod fits --now",
    "kubectl apply -f scoped.yaml",
    "kubectl describe quota scoped",
    'kubectl patch quota scoped --type=merge -p \'{"spec":{"scopes":["BestEffort"]}}\'',
    "kubectl delete quota --all",
    "kubectl get pc",
    "kubectl describe pc system-node-critical",
    "kubectl create priorityclass high --value=1000 --description='comes first'",
    "kubectl create priorityclass system-mine --value=5",
    "kubectl create pc huge --value=2000000000",
    "kubectl create pc low --value=-5 --preemption-policy=Never --dry-run=client -o yaml",
    "kubectl create pc odd --value=5 --preemption-policy=Sometimes",
    "kubectl create pc usual --value=10 --global-default",
    "kubectl create pc usual2 --value=10 --global-default",
    "kubectl patch pc high --type=merge -p '{\"value\":5}'",
    "kubectl get pc -o wide",
    'kubectl run p --image=nginx --overrides=\'{"spec":{"priorityClassName":"none"}}\'',
    "kubectl delete pc high",
  ],
};
