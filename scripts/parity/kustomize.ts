import type { Area } from "./frame/area";

const BASE = `resources: [d.yaml, svc.yaml]
configMapGenerator:
- name: conf
  literals: [A=b, "C=d e"]
  files: [k=x.env]
- name: env
  envs: [x.env]
secretGenerator:
- name: sec
  literals: [p=q]
labels:
- pairs: {team: x}
  includeSelectors: true
commonAnnotations: {note: hi}
namePrefix: a-
nameSuffix: -z
images:
- name: nginx
  newTag: "1.25"
replicas:
- name: web
  count: 5
patches:
- patch: |-
    - op: add
      path: /spec/paused
      value: true
  target: {kind: Deployment}
`;

const DEPLOYMENT = `apiVersion: v1
kind: ServiceAccount
metadata: {name: sa}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: sa
      containers:
      - name: nginx
        image: nginx:1.2
        envFrom: [{configMapRef: {name: conf}}]
        env: [{name: P, valueFrom: {secretKeyRef: {name: sec, key: p}}}]
      volumes: [{name: v, configMap: {name: env}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: sa, namespace: default}]
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const OVERLAY = `resources: [../base, ns.yaml]
namespace: prod
namePrefix: prod-
commonLabels: {env: prod}
configMapGenerator:
- name: conf
  behavior: merge
  literals: [A=changed, D=new]
generatorOptions:
  labels: {made: "yes"}
patches:
- path: more.yaml
- target: {kind: Service, name: web}
  patch: |-
    - {op: replace, path: /spec/ports/0/port, value: 8080}
images:
- {name: nginx, newName: registry.local:5000/nginx, digest: sha256:abc}
`;

const MORE = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - {name: nginx, resources: {limits: {memory: 64Mi}}}
      - {name: side, image: busybox}
`;

const PLAIN = `resources:
- ../base/svc.yaml
`;

export const kustomize: Area = {
  name: "kustomize",
  files: {
    "base/kustomization.yaml": BASE,
    "base/d.yaml": DEPLOYMENT,
    "base/svc.yaml": SERVICE,
    "base/x.env": "# comment\nX=1\n",
    "prod/kustomization.yaml": OVERLAY,
    "prod/ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: prod}\n",
    "prod/more.yaml": MORE,
    "outside/kustomization.yaml": PLAIN,
    "missing/kustomization.yaml": "resources: [nothing.yaml]\n",
    "below/kustomization.yaml": "resources: [../missing]\n",
    "unknown/kustomization.yaml": "colour: blue\n",
    "none/kustomization.yaml": "",
    "nothing/kustomization.yaml": "{}\n",
    "blank/readme.txt": "no kustomization here\n",
    "circle/kustomization.yaml": "resources: [../circle]\n",
    "twice/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
    "twice/a.yaml": SERVICE,
    "twice/b.yaml": SERVICE,
    "nomatch/kustomization.yaml": "resources: [a.yaml]\npatches:\n- path: p.yaml\n",
    "nomatch/a.yaml": SERVICE,
    "nomatch/p.yaml": MORE,
    "nopatch/kustomization.yaml": "resources: [a.yaml]\npatches:\n- path: p.yaml\n",
    "nopatch/a.yaml": SERVICE,
    "old/kustomization.yaml":
      "bases: [../base]\npatchesStrategicMerge: [more.yaml]\npatchesJson6902:\n- target: {version: v1, kind: Service, name: web}\n  path: json.yaml\n",
    "old/more.yaml": MORE,
    "old/json.yaml": "- {op: add, path: /metadata/labels/extra, value: yes-it-is}\n",
    "gone/kustomization.yaml":
      "resources: [../base]\npatches:\n- patch: |-\n    $patch: delete\n    apiVersion: v1\n    kind: Service\n    metadata: {name: web}\n",
    "fixed/kustomization.yaml":
      "configMapGenerator:\n- name: fixed\n  literals: [a=b]\n  options: {disableNameSuffixHash: true, immutable: true, labels: {x: why}}\nsecretGenerator:\n- name: tls\n  type: kubernetes.io/tls\n  literals: [tls.crt=a, tls.key=b]\n",
    "component/kustomization.yaml": "resources: [../base]\ncomponents: [../part]\n",
    "part/kustomization.yaml":
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels:\n- pairs: {part: of}\n  includeTemplates: true\n",
    "badyaml/kustomization.yaml": "resources: [a.yaml]\n",
    "badyaml/a.yaml": "kind: [\n",
    "nokind/kustomization.yaml": "resources: [a.yaml]\n",
    "nokind/a.yaml": "apiVersion: v1\nmetadata: {name: x}\n",
    "literal/kustomization.yaml": "configMapGenerator:\n- name: c\n  literals: [nothing]\n",
    "nofile/kustomization.yaml": "configMapGenerator:\n- name: c\n  files: [nothing.txt]\n",
    "nomerge/kustomization.yaml": "configMapGenerator:\n- name: c\n  behavior: merge\n  literals: [a=b]\n",
  },
  lines: [
    "kubectl kustomize base",
    "kubectl kustomize prod",
    "kubectl kustomize old",
    "kubectl kustomize gone",
    "kubectl kustomize fixed",
    "kubectl kustomize component",
    "cd fixed && kubectl kustomize",
    "kubectl kustomize nope",
    "kubectl kustomize blank",
    "kubectl kustomize none",
    "kubectl kustomize nothing",
    "kubectl kustomize unknown",
    "kubectl kustomize missing",
    "kubectl kustomize below",
    "kubectl kustomize circle",
    "kubectl kustomize twice",
    "kubectl kustomize nomatch",
    "kubectl kustomize nopatch",
    "kubectl kustomize outside",
    "kubectl kustomize outside --load-restrictor LoadRestrictionsNone",
    "kubectl kustomize outside --load-restrictor none",
    "kubectl kustomize badyaml",
    "kubectl kustomize nokind",
    "kubectl kustomize literal",
    "kubectl kustomize nofile",
    "kubectl kustomize nomerge",
    "kubectl kustomize base prod",
    "kubectl kustomize base/svc.yaml",
    "kubectl kustomize fixed -o out.yaml && cat out.yaml",
    "kubectl apply -k nope",
    "kubectl apply -k base -f base",
    "kubectl apply -k base --dry-run=client -o name",
    "kubectl apply -k base --dry-run=server",
    "kubectl diff -k fixed",
    "kubectl apply -k base",
    "kubectl apply -k base",
    "kubectl diff -k base",
    "kubectl get -k base",
    "kubectl get -k base -o name",
    "kubectl describe -k fixed",
    "kubectl create -k fixed",
    "kubectl create -k fixed",
    "kubectl replace -k fixed",
    "kubectl label -k fixed extra=1",
    "kubectl annotate -k fixed extra=1",
    "kubectl delete -k fixed",
    "kubectl delete -k fixed",
    "kubectl delete -k base --dry-run=client",
    "kubectl apply -k prod",
    "kubectl get all -n prod -o name | grep -v pod",
  ],
};
