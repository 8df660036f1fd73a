/** What scripts/parity.ts runs where it is given no file: command lines in order, good and bad ones, and the files that they name. */

export const FILES: Record<string, string> = {
  "web.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels: {app: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - name: web
        image: nginx:1.25
        ports: [{containerPort: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
`,
  "pod.yaml": `apiVersion: v1
kind: Pod
metadata: {name: talker, labels: {app: talker}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: busybox
    command: [sh, -c, "echo started; sleep 100000"]
`,
  "changed.yaml": `apiVersion: v1
kind: Pod
metadata: {name: talker, labels: {app: talker, tier: back}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: busybox
    command: [sh, -c, "echo started; sleep 100000"]
`,
  "misspelt.yaml": `apiVersion: v1
kind: Pod
metadata: {name: misspelt}
spec:
  containers:
  - name: main
    imagee: busybox
`,
  "invalid.yaml": `apiVersion: v1
kind: Pod
metadata: {name: Invalid_Name}
spec:
  restartPolicy: Sometimes
  containers:
  - name: main
`,
  "settings.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue, size: "3"}
`,
  "unknown.yaml": "apiVersion: v1\nkind: Sprocket\nmetadata: {name: x}\n",
};

const KINDS = [
  "pods",
  "deployments",
  "replicasets",
  "services",
  "endpoints",
  "endpointslices",
  "configmaps",
  "secrets",
  "serviceaccounts",
  "namespaces",
  "nodes",
  "replicationcontrollers",
];
const OUTPUTS = ["", "-o wide", "-o yaml", "-o json", "-o name", "--show-labels", "-A", "--no-headers"];

const reads = KINDS.flatMap((kind) => OUTPUTS.map((output) => `kubectl get ${kind} ${output}`.trimEnd()));
const described = KINDS.filter((kind) => kind !== "nodes").map((kind) => `kubectl describe ${kind}`);
const explained = [
  "pod",
  "deploy",
  "svc",
  "cm",
  "secret",
  "ns",
  "node",
  "rs",
  "rc",
  "sa",
  "ep",
  "endpointslices",
].flatMap((kind) => [
  `kubectl explain ${kind}`,
  `kubectl explain ${kind} --recursive`,
  `kubectl explain ${kind}.metadata`,
]);

export const LINES: string[] = [
  "kubectl version",
  "kubectl api-resources",
  "kubectl api-resources -o wide",
  "kubectl api-resources -o name",
  "kubectl api-resources --namespaced=false",
  "kubectl api-resources --api-group=apps",
  "kubectl api-versions",
  ...reads,
  "kubectl create deployment web --image=nginx --replicas=2",
  "kubectl create deployment web --image=nginx",
  "kubectl rollout status deployment/web --timeout=60s",
  "kubectl create namespace team",
  "kubectl create namespace team",
  "kubectl create namespace Bad_Name",
  "kubectl create configmap c1 --from-literal=a=b --from-literal=c=d",
  "kubectl create configmap c2 --from-file=pod.yaml",
  "kubectl create configmap c2 --from-literal=a=b",
  "kubectl create secret generic s1 --from-literal=user=admin",
  "kubectl create secret docker-registry reg --docker-server=r.example --docker-username=u --docker-password=p",
  "kubectl create serviceaccount robot",
  "kubectl create service clusterip cip --tcp=80:8080",
  "kubectl create service nodeport np --tcp=80 --node-port=30123",
  "kubectl create service nodeport np2 --tcp=80 --node-port=30123",
  "kubectl create service externalname ext --external-name=example.com",
  "kubectl create service loadbalancer lb --tcp=80",
  "kubectl expose deployment web --port=80",
  "kubectl expose deployment web --port=80",
  "kubectl expose deployment nope --port=80",
  "kubectl run one --image=busybox --restart=Never --command -- sleep 100000",
  "kubectl run bad --image=Not/An:Image:x",
  "kubectl wait --for=condition=Ready pod/one --timeout=60s",
  "kubectl wait --for=condition=Ready pod/nope --timeout=5s",
  "kubectl apply -f web.yaml",
  "kubectl apply -f web.yaml",
  "kubectl apply -f pod.yaml",
  "kubectl diff -f pod.yaml",
  "kubectl apply -f settings.yaml --dry-run=server",
  "kubectl apply -f settings.yaml --dry-run=client",
  "kubectl apply -f settings.yaml -o yaml",
  "kubectl apply -f misspelt.yaml",
  "kubectl create -f misspelt.yaml",
  "kubectl apply -f misspelt.yaml --validate=false",
  "kubectl apply -f misspelt.yaml --validate=warn",
  "kubectl apply -f invalid.yaml",
  "kubectl apply -f unknown.yaml",
  "kubectl apply -f nowhere.yaml",
  "kubectl create -f settings.yaml",
  "kubectl replace -f settings.yaml",
  "kubectl apply -f changed.yaml",
  "kubectl wait --for=condition=Ready pod/talker --timeout=60s",
  "kubectl rollout status deploy shop --timeout=60s",
  ...reads,
  ...described,
  "kubectl describe node node-1",
  "kubectl describe pod talker",
  "kubectl describe pod nope",
  "kubectl describe nope x",
  "kubectl logs talker",
  "kubectl logs talker --tail=1 --timestamps",
  "kubectl logs talker -c nope",
  "kubectl logs nope",
  "kubectl logs deploy/shop",
  "kubectl logs -l app=shop --prefix",
  "kubectl exec talker -- echo hello",
  "kubectl exec talker -- sh -c 'exit 3'",
  "echo typed | kubectl exec -i talker -- cat",
  "kubectl exec talker -- nope",
  "kubectl exec nope -- true",
  "kubectl exec deploy/shop -- hostname",
  "kubectl label pod talker a=b",
  "kubectl label pod talker a=b",
  "kubectl label pod talker a=c",
  "kubectl label pod talker a=c --overwrite",
  "kubectl label pod talker a-",
  "kubectl label pod talker a-",
  "kubectl label pod talker '_bad=x'",
  "kubectl label pods --all team=blue",
  "kubectl annotate pod talker note='hello world'",
  "kubectl annotate pod talker note-",
  "kubectl get pods -l team=blue",
  "kubectl get pods -l 'team in (blue,red),app'",
  "kubectl get pods -l 'team=='",
  "kubectl get pods --field-selector=status.phase=Running",
  "kubectl get pods --field-selector=status.nope=Running",
  "kubectl get pods --sort-by=.metadata.name",
  "kubectl get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName",
  "kubectl get pods -o jsonpath='{.items[*].metadata.name}'",
  "kubectl get pods -o jsonpath='{.items[*'",
  "kubectl get pods -o go-template='{{range .items}}{{.metadata.name}}{{\"\\n\"}}{{end}}'",
  "kubectl get pods -L app",
  "kubectl get pods,svc",
  "kubectl get all",
  "kubectl get all -A",
  "kubectl get pod talker nope",
  "kubectl get nope",
  "kubectl get pods -n nope",
  "kubectl get --raw /version",
  "kubectl get --raw /healthz",
  "kubectl get --raw /nope",
  "kubectl get --raw /api/v1/namespaces/default/pods/nope",
  "kubectl scale deployment web --replicas=3",
  "kubectl scale deployment web --current-replicas=5 --replicas=1",
  "kubectl scale deployment nope --replicas=1",
  "kubectl rollout status deploy/web --timeout=60s",
  "kubectl set image deployment/web nginx=nginx:1.25",
  "kubectl set image deployment/web nope=nginx:1.25",
  "kubectl rollout status deploy/web --timeout=60s",
  "kubectl rollout history deploy/web",
  "kubectl rollout history deploy/web --revision=1",
  "kubectl rollout history deploy/web --revision=9",
  "kubectl rollout undo deploy/web",
  "kubectl rollout undo deploy/web --to-revision=9",
  "kubectl rollout pause deploy/web",
  "kubectl rollout pause deploy/web",
  "kubectl rollout resume deploy/web",
  "kubectl rollout restart deploy/web",
  "kubectl rollout status deploy/web --timeout=60s",
  "kubectl set env deploy/web A=b",
  "kubectl set env deploy/web --list",
  "kubectl set resources deploy/web --limits=cpu=200m",
  "kubectl set serviceaccount deploy/web robot",
  "kubectl set selector svc/cip app=web",
  'kubectl patch deploy web -p \'{"spec":{"replicas":1}}\'',
  'kubectl patch deploy web -p \'{"spec":{"replicas":-1}}\'',
  'kubectl patch deploy web -p \'{"spec":{"replicas":"x"}}\'',
  'kubectl patch deploy web --type=json -p \'[{"op":"replace","path":"/spec/replicas","value":2}]\'',
  'kubectl patch deploy web --type=json -p \'[{"op":"test","path":"/spec/replicas","value":7}]\'',
  'kubectl patch deploy web --type=merge -p \'{"metadata":{"labels":{"x":"y"}}}\'',
  "kubectl patch deploy web -p 'nonsense'",
  'kubectl patch pod talker -p \'{"spec":{"nodeName":"node-2"}}\'',
  "EDITOR='sed -i s/blue/red/' kubectl edit configmap settings",
  "EDITOR=true kubectl edit configmap settings",
  "kubectl get events --field-selector involvedObject.name=talker",
  "kubectl events --for pod/talker",
  "kubectl cordon node-2",
  "kubectl cordon node-2",
  "kubectl uncordon node-2",
  "kubectl taint node node-2 k=v:NoSchedule",
  "kubectl taint node node-2 k=v:NoSchedule",
  "kubectl taint node node-2 k-",
  "kubectl taint node node-2 k-",
  ...explained,
  "kubectl explain pod.spec.containers.resources",
  "kubectl explain pod.spec.nope",
  "kubectl explain nope",
  "kubectl explain deploy.spec.strategy.rollingUpdate",
  "kubectl auth whoami",
  "kubectl cluster-info",
  "kubectl config current-context",
  "kubectl config get-contexts",
  "kubectl delete pod talker",
  "kubectl delete pod talker",
  "kubectl delete pod talker --ignore-not-found",
  "kubectl delete pod one --now",
  "kubectl delete -f web.yaml",
  "kubectl delete -f web.yaml",
  "kubectl delete configmap --all",
  "kubectl delete secret s1 --dry-run=client",
  "kubectl delete secret s1 --dry-run=server",
  "kubectl delete secret s1 reg",
  "kubectl delete deploy web --cascade=orphan",
  "kubectl get rs,pods",
  "kubectl delete rs -l app=web",
  "kubectl delete ns team",
  "kubectl delete ns default",
  "kubectl delete node nope",
  "kubectl delete pods",
  "kubectl nope",
  "kubectl get",
  "kubectl delete svc cip np ext lb web",
  "kubectl get svc",
];
