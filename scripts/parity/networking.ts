import type { Area } from "./frame/area";
import { RUNNING, RUNNING_FILES } from "./frame/files";

const POLICIES = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, annotations: {note: nothing comes in}}
spec:
  podSelector: {}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shop, labels: {tier: front}}
spec:
  podSelector:
    matchLabels: {app: shop}
    matchExpressions: [{key: tier, operator: NotIn, values: [b, a]}]
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {team: a}}
      podSelector: {matchLabels: {app: x}}
    - podSelector: {}
    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}
    ports: [{port: 80}, {port: http}, {port: 8000, endPort: 9000, protocol: UDP}]
  - {}
  egress:
  - to: [{namespaceSelector: {}}]
    ports: [{port: 53, protocol: UDP}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: silent}
spec: {podSelector: {matchLabels: {a: b}}, policyTypes: [Egress]}
`;

const OTHERS = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: own, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
spec:
  controller: example.com/own
  parameters: {apiGroup: k8s.example.com, kind: IngressParameters, name: external}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: whole, labels: {a: b}, annotations: {example.com/rewrite: /}}
spec:
  defaultBackend: {service: {name: shop, port: {number: 80}}}
  tls: [{hosts: [a.example.com, b.example.com], secretName: cert}, {hosts: [c.example.com]}]
  rules:
  - host: a.example.com
    http:
      paths:
      - {path: /one, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}
      - {path: /two, pathType: Exact, backend: {service: {name: missing, port: {name: http}}}}
  - host: b.example.com
    http: {paths: [{pathType: ImplementationSpecific, backend: {resource: {apiGroup: example.com, kind: Bucket, name: b}}}]}
  - host: c.example.com
  - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 81}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: more}
spec: {cidrs: [10.200.0.0/24]}
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: leader}
spec: {holderIdentity: me, leaseDurationSeconds: 15}
---
apiVersion: v1
kind: Endpoints
metadata: {name: outside}
subsets:
- addresses: [{ip: 192.0.2.7}]
  notReadyAddresses: [{ip: 192.0.2.8}]
  ports: [{port: 80, name: http}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: by-hand, labels: {kubernetes.io/service-name: outside}}
addressType: IPv4
endpoints:
- {addresses: [192.0.2.9], conditions: {ready: true}, hostname: a, nodeName: node-1, zone: z}
- {addresses: [192.0.2.10]}
ports: [{port: 80, name: http}, {name: other}]
`;

const INVALID = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: Bad_name}
spec:
  ingressClassName: Bad_class
  rules:
  - host: 10.0.0.1
    http: {paths: [{path: a//b, pathType: Prefix, backend: {service: {name: 1a, port: {number: 99999}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: wrong}
spec:
  podSelector: {matchLabels: {"a b": c}}
  policyTypes: [Ingres]
  ingress:
  - from: [{}, {ipBlock: {cidr: 10.0.0.300/8}}, {ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}, podSelector: {}}]
    ports: [{port: 70000}, {endPort: 10}, {port: 20, endPort: 10}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: loose}
spec:
  podSelector: {}
  ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8}}]}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: old, annotations: {kubernetes.io/ingress.class: nginx}}
spec: {defaultBackend: {service: {name: shop, port: {name: http}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: empty}
spec: {}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: c}
spec: {controller: nginx}
`;

const SERVICES = `apiVersion: v1
kind: Service
metadata: {name: all}
spec:
  type: LoadBalancer
  selector: {app: shop}
  externalIPs: [192.0.2.1]
  externalTrafficPolicy: Local
  sessionAffinity: ClientIP
  loadBalancerSourceRanges: [10.0.0.0/8]
  ports: [{name: http, port: 80, targetPort: web}, {name: dns, port: 53, protocol: UDP}]
---
apiVersion: v1
kind: Service
metadata: {name: alias}
spec: {type: ExternalName, externalName: example.com}
---
apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {clusterIP: None, selector: {app: shop}, trafficDistribution: PreferClose}
---
apiVersion: v1
kind: Service
metadata: {name: wrong}
spec:
  clusterIP: 1.2.3
  sessionAffinity: Sometimes
  externalTrafficPolicy: Locally
  trafficDistribution: Far
  ports: [{port: 0}, {port: 80, targetPort: a_b, nodePort: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: taken}
spec: {clusterIP: 10.96.0.1, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {clusterIP: 192.168.0.1, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: low}
spec: {type: NodePort, ports: [{port: 80, nodePort: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: dual}
spec: {ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: six}
spec: {ipFamilies: [IPv6], ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: prefer}
spec: {ipFamilyPolicy: PreferDualStack, ports: [{port: 80}]}
`;

export const networking: Area = {
  name: "networking",
  files: {
    ...RUNNING_FILES,
    "policies.yaml": POLICIES,
    "others.yaml": OTHERS,
    "invalid.yaml": INVALID,
    "services.yaml": SERVICES,
  },
  setup: RUNNING,
  lines: [
    "kubectl apply -f policies.yaml",
    "kubectl get netpol",
    "kubectl get netpol -o wide --show-labels",
    "kubectl get netpol shop -o yaml",
    "kubectl describe netpol",
    "kubectl apply -f others.yaml",
    "kubectl get ingress,ingressclass",
    "kubectl get ing whole -o yaml",
    "kubectl get ing whole -o json",
    "kubectl describe ingress whole",
    "kubectl describe ingressclass own",
    "kubectl get ingressclass own -o yaml",
    "kubectl get servicecidr",
    "kubectl describe servicecidr kubernetes",
    "kubectl describe servicecidr more",
    "kubectl get ipaddresses",
    "kubectl describe ipaddress 10.96.0.1",
    "kubectl get ip 10.96.0.10 -o yaml",
    "kubectl get leases",
    "kubectl describe lease leader",
    "kubectl get endpoints",
    "kubectl describe endpoints outside",
    "kubectl get endpointslices by-hand",
    "kubectl describe endpointslice by-hand",
    "kubectl get endpointslices by-hand -o yaml",
    "kubectl apply -f invalid.yaml",
    "kubectl describe ingress old",
    "kubectl apply -f services.yaml",
    "kubectl get services",
    "kubectl get svc -o wide",
    "kubectl describe svc all",
    "kubectl describe svc alias headless shop",
    "kubectl get svc headless -o yaml",
    "kubectl get svc prefer -o yaml",
    "kubectl create ingress simple --rule=foo.com/bar=svc1:8080,tls=my-cert --dry-run=client -o yaml",
    "kubectl create ingress simple --class=own --rule='foo.com/path*=shop:80' --rule='bar.com/admin=shop:http,tls'",
    "kubectl create ingress simple --rule=foo.com/bar=svc1:8080",
    "kubectl create ingress def --default-backend=shop:80 --annotation=a=b --annotation c=d -o yaml",
    "kubectl create ingress multi --rule=a/x=s:1,tls=one --rule=b/y=s:2,tls=one --rule=a/z=s:3,tls=two --dry-run=client -o yaml",
    "kubectl create ingress none",
    "kubectl create ingress bad --rule=foo",
    "kubectl create ingress bad --rule=foo/=a:1 --annotation x",
    "kubectl create ingress bad --default-backend=a",
    "kubectl create ingress",
    "kubectl create service clusterip one --tcp=80:8080 --dry-run=client -o yaml",
    "kubectl create service clusterip two --tcp=80 --tcp=443:https",
    "kubectl create service clusterip three --clusterip=None",
    "kubectl create service clusterip four --clusterip=10.96.0.1 --tcp=80",
    "kubectl create service clusterip five",
    "kubectl create service nodeport six --tcp=80 --node-port=30100",
    "kubectl create service nodeport seven --tcp=80 --node-port=30100",
    "kubectl create service nodeport eight --tcp=80 --node-port=99",
    "kubectl create service loadbalancer nine --tcp=5678:8080 -o yaml --dry-run=client",
    "kubectl create service externalname ten --external-name bar.com",
    "kubectl create service externalname eleven",
    "kubectl create service clusterip bad --tcp=a:b",
    "kubectl create service clusterip bad --tcp=70000",
    "kubectl expose deployment shop --name=e1",
    "kubectl expose deployment shop --port=80 --target-port=8080 --name=e2 --type=NodePort",
    "kubectl expose deployment shop --port=80 --name=e3 --type=Other",
    "kubectl expose deployment shop --port=80 --name=e4 --protocol=UDP --session-affinity=ClientIP -l a=b --external-ip=192.0.2.5",
    "kubectl expose deployment shop --port=80 --name=e5 --cluster-ip=None --dry-run=client -o yaml",
    "kubectl expose service shop --port=443 --target-port=8443 --name=e6",
    "kubectl expose pod talker --port=444 --name=e7",
    "kubectl expose pod talker --name=e8",
    "kubectl expose deployment shop --port=80",
    "kubectl expose deployment missing --port=80",
    "kubectl expose configmap kube-root-ca.crt --port=80",
    "kubectl expose -f web.yaml --port=8080 --name=e9 --type=LoadBalancer --load-balancer-ip=192.0.2.9",
    'kubectl expose deployment shop --port=80,443 --name=e10 --overrides=\'{"spec":{"type":"NodePort"}}\' --dry-run=client -o yaml',
    'kubectl patch svc shop -p \'{"spec":{"clusterIP":"10.96.0.77"}}\'',
    'kubectl patch svc shop -p \'{"spec":{"type":"NodePort"}}\'',
    'kubectl patch svc shop -p \'{"spec":{"type":"ExternalName","externalName":"x.y"}}\'',
    'kubectl patch svc shop -p \'{"spec":{"type":"ClusterIP"}}\'',
    'kubectl patch ingressclass own -p \'{"spec":{"controller":"example.com/other"}}\'',
    "kubectl delete ingress,netpol --all",
  ],
};
