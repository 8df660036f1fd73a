import type { Area } from "./frame/area";

const CRDS = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: crontabs.stable.example.com}
spec:
  group: stable.example.com
  scope: Namespaced
  names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct], categories: [all, mine]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.labelSelector}
    additionalPrinterColumns:
    - {name: Spec, type: string, description: When it runs, jsonPath: .spec.cronSpec}
    - {name: Replicas, type: integer, jsonPath: .spec.replicas}
    - {name: Image, type: string, jsonPath: .spec.image, priority: 1}
    - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
    schema:
      openAPIV3Schema:
        type: object
        description: A table of jobs.
        properties:
          spec:
            type: object
            description: What shall be.
            required: [cronSpec]
            properties:
              cronSpec: {type: string, pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$', description: Five fields.}
              image: {type: string}
              replicas: {type: integer, minimum: 1, maximum: 10, default: 1}
              tags: {type: array, items: {type: string}}
              more: {type: object, additionalProperties: {type: integer}}
          status:
            type: object
            properties:
              replicas: {type: integer}
              labelSelector: {type: string}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ships.sea.example.com}
spec:
  group: sea.example.com
  scope: Cluster
  names: {plural: ships, kind: Ship}
  versions:
  - name: v1alpha1
    served: true
    storage: false
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`;
const TABLE = `apiVersion: stable.example.com/v1
kind: CronTab
metadata: {name: nightly, labels: {a: b}}
spec: {cronSpec: "0 0 * * *", image: sweeper, tags: [x, y], more: {k: 1}}
`;
const SHIP = `apiVersion: sea.example.com/v1
kind: Ship
metadata: {name: anna}
spec: {masts: 3, crew: [{name: jo}, {name: di}]}
`;

/** Kinds that the cluster learnt from definitions. */
export const custom: Area = {
  name: "custom",
  files: {
    "crds.yaml": CRDS,
    "table.yaml": TABLE,
    "table2.yaml": TABLE.replace("sweeper", "broom").replace("[x, y]", "[z]"),
    "wrong.yaml": TABLE.replace("0 0 * * *", "often").replace("nightly", "wrong"),
    "unknown.yaml": TABLE.replace("image: sweeper", "imagee: sweeper").replace("nightly", "unknown"),
    "many.yaml": TABLE.replace("nightly", "a").replace("image: sweeper", "replicas: 99"),
    "badtype.yaml": TABLE.replace("nightly", "b").replace("image: sweeper", "replicas: x"),
    "ship.yaml": SHIP,
    "old-ship.yaml": SHIP.replace("example.com/v1", "example.com/v1alpha1").replace("anna", "berta"),
    "gone-ship.yaml": SHIP.replace("example.com/v1", "example.com/v7"),
    "badcrd.yaml": CRDS.split("---")[1]!.replace("name: ships.sea", "name: boats.sea"),
    "noschema.yaml": CRDS.split("---")[1]!
      .replaceAll(/ {4}schema:.*\n/g, "")
      .replaceAll("ships", "boats")
      .replace("Ship}", "Boat}"),
  },
  lines: [
    "kubectl get crontabs",
    "kubectl apply -f table.yaml",
    "kubectl apply -f crds.yaml --dry-run=server",
    "kubectl apply -f crds.yaml",
    "kubectl wait --for=condition=Established crd/crontabs.stable.example.com crd/ships.sea.example.com --timeout=20s",
    "kubectl apply -f crds.yaml",
    "kubectl apply -f badcrd.yaml",
    "kubectl apply -f noschema.yaml",
    "kubectl get crd",
    "kubectl get crd -o name",
    "kubectl get crd crontabs.stable.example.com -o yaml",
    "kubectl describe crd ships.sea.example.com",
    "kubectl describe crd crontabs.stable.example.com",
    "kubectl api-resources --api-group=stable.example.com",
    "kubectl api-resources --api-group=sea.example.com -o wide",
    "kubectl api-resources --categories=mine",
    "kubectl api-versions",
    "kubectl get crontabs",
    "kubectl get mine",
    "kubectl create -f wrong.yaml",
    "kubectl create -f unknown.yaml",
    "kubectl create -f unknown.yaml --validate=warn",
    "kubectl create -f unknown.yaml --validate=false",
    "kubectl create -f many.yaml",
    "kubectl create -f badtype.yaml",
    "kubectl create -f badtype.yaml --validate=false",
    "kubectl apply -f table.yaml",
    "kubectl apply -f table.yaml",
    "kubectl apply -f ship.yaml -f old-ship.yaml",
    "kubectl apply -f gone-ship.yaml",
    "kubectl get crontabs",
    "kubectl get ct -o wide",
    "kubectl get ct nightly -o yaml",
    "kubectl get ct nightly -o json",
    "kubectl get ct --show-labels -L a",
    "kubectl get ct -o name",
    "kubectl get CronTab",
    "kubectl get crontab.stable.example.com",
    "kubectl get crontabs.v1.stable.example.com nightly",
    "kubectl get crontabs.v2.stable.example.com nightly",
    "kubectl get mine",
    "kubectl get all",
    "kubectl get ct -A",
    "kubectl get ct nope",
    "kubectl get ct -l a=b",
    "kubectl get ct --field-selector=metadata.name=nightly",
    "kubectl get ct --field-selector=spec.image=sweeper",
    "kubectl get ct --sort-by=.spec.image",
    "kubectl get ct -o custom-columns=N:.metadata.name,I:.spec.image",
    "kubectl get ct nightly -o jsonpath='{.spec.tags[*]}'",
    "kubectl get ct,ships",
    "kubectl get ships",
    "kubectl get ships.v1alpha1.sea.example.com",
    "kubectl get ships.v1alpha1.sea.example.com anna -o yaml",
    "kubectl get ship anna -o yaml",
    "kubectl get ships -n nope",
    "kubectl describe ct nightly",
    "kubectl describe ct",
    "kubectl describe ship anna",
    "kubectl describe ship nope",
    "kubectl explain crontab",
    "kubectl explain ct.spec",
    "kubectl explain ct.spec.cronSpec",
    "kubectl explain ct --recursive",
    "kubectl explain ct.spec.more",
    "kubectl explain ct.nope",
    "kubectl explain ship",
    "kubectl explain ships --api-version=sea.example.com/v1alpha1",
    "kubectl explain ct --output=plaintext-openapiv2",
    "kubectl explain ct.spec --output=plaintext-openapiv2 --recursive",
    "kubectl diff -f table2.yaml",
    "kubectl apply -f table2.yaml --dry-run=client",
    "kubectl apply -f table2.yaml --dry-run=server -o yaml",
    "kubectl apply -f table2.yaml",
    "kubectl apply -f table.yaml --server-side",
    "kubectl apply -f table.yaml --server-side --force-conflicts",
    "kubectl replace -f table2.yaml",
    'kubectl patch ct nightly --type=merge -p \'{"spec":{"replicas":2}}\'',
    'kubectl patch ct nightly --type=merge -p \'{"spec":{"replicas":2}}\'',
    'kubectl patch ct nightly --type=merge -p \'{"spec":{"replicas":20}}\'',
    'kubectl patch ct nightly --type=json -p \'[{"op":"replace","path":"/spec/replicas","value":3}]\'',
    'kubectl patch ct nightly --type=merge --subresource=status -p \'{"status":{"replicas":2}}\'',
    'kubectl patch ct nightly --type=merge --subresource=nope -p \'{"status":{"replicas":2}}\'',
    "kubectl get ct nightly --subresource=status -o yaml",
    "kubectl get ct nightly --subresource=scale -o yaml",
    "kubectl scale ct nightly --replicas=5",
    "kubectl scale ct/nightly --replicas=5 --current-replicas=4",
    "kubectl scale ct nightly --replicas=50",
    "kubectl autoscale ct nightly --max=4",
    "kubectl autoscale ship anna --max=4",
    "kubectl label ct nightly c=d",
    "kubectl label ct --all c=e --overwrite",
    "kubectl annotate ship anna note=x",
    "EDITOR='sed -i s/broom/brush/' kubectl edit ct nightly",
    "kubectl wait ct nightly --for=jsonpath='{.spec.replicas}'=5 --timeout=2s",
    "kubectl wait ct nightly --for=condition=Ready --timeout=1s",
    "kubectl auth can-i get crontabs",
    "kubectl auth can-i get ct --as=jane",
    "kubectl create role tables --verb=get --resource=ct -o yaml --dry-run=client",
    "kubectl create quota tables --hard=count/crontabs.stable.example.com=1",
    "kubectl get events --for ct/nightly",
    "kubectl delete ct nope",
    "kubectl delete ct nightly --dry-run=server",
    "kubectl delete ct nightly",
    "kubectl delete -f table.yaml --ignore-not-found",
    "kubectl delete ship --all",
    "kubectl delete crd crontabs.stable.example.com",
    "kubectl delete crd crontabs.stable.example.com",
    "kubectl delete -f crds.yaml",
  ],
};
