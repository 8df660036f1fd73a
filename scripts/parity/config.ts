import type { Area } from "./frame/area";

const KUBECONFIG = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Y2VydA==
    server: https://one.example:6443
  name: one
- cluster:
    insecure-skip-tls-verify: true
    server: https://two.example
  name: two
contexts:
- context:
    cluster: one
    namespace: team
    user: me
  name: first
- context:
    cluster: two
    user: you
  name: second
current-context: first
kind: Config
preferences: {}
users:
- name: me
  user:
    client-certificate-data: Y2VydA==
    client-key-data: a2V5
- name: you
  user:
    password: p
    username: u
`;

/** Changes are made to a copy and shown, since each line starts on the same files. */
const changes = [
  "use-context second",
  "use-context nope",
  "use-context",
  "use-context first second",
  "use nope",
  "use second",
  "rename-context first third",
  "rename-context first second",
  "rename-context nope third",
  "rename-context first",
  "rename-context second other",
  "delete-context second",
  "delete-context first",
  "delete-context nope",
  "delete-context",
  "delete-cluster two",
  "delete-cluster nope",
  "delete-cluster",
  "delete-user you",
  "delete-user nope",
  "delete-user",
  "set-context first --namespace=other",
  "set-context first --user=you --cluster=two",
  "set-context third --cluster=one --user=me --namespace=x",
  "set-context third",
  "set-context --current --namespace=kube-system",
  "set-context --current",
  "set-context first --current",
  "set-context",
  "set-context a b",
  "set-context first --namespace=",
  "set-cluster one --server=https://other.example",
  "set-cluster one --insecure-skip-tls-verify=true",
  "set-cluster one --insecure-skip-tls-verify=true --certificate-authority=ca.crt",
  "set-cluster two --certificate-authority=ca.crt",
  "set-cluster two --certificate-authority=ca.crt --embed-certs",
  "set-cluster two --certificate-authority=missing.crt --embed-certs",
  "set-cluster two --embed-certs",
  "set-cluster three --server=https://three.example --tls-server-name=x --proxy-url=http://p.example",
  "set-cluster three",
  "set-cluster",
  "set-cluster a b",
  "set-credentials me --token=abc",
  "set-credentials new --username=u --password=p",
  "set-credentials new --username=u --token=t",
  "set-credentials new --client-certificate=c.crt --client-key=c.key",
  "set-credentials new --client-certificate=ca.crt --client-key=ca.crt --embed-certs=true",
  "set-credentials new --embed-certs",
  "set-credentials new --client-key=missing.key --embed-certs",
  "set-credentials new",
  "set current-context second",
  "set current-context nope",
  "set clusters.one.server https://x.example",
  "set clusters.new.server https://x.example",
  "set contexts.first.namespace ns",
  "set users.me.token secret",
  "set users.me.client-key-data c2VjcmV0",
  "set clusters.two.insecure-skip-tls-verify false",
  "set clusters.two.insecure-skip-tls-verify perhaps",
  "set nope x",
  "set current-context",
  "set",
  "set a b c",
  "set .x y",
  "unset current-context",
  "unset contexts.first",
  "unset contexts.first.namespace",
  "unset clusters.one.server",
  "unset clusters.nope",
  "unset users",
  "unset users.me.client-key-data",
  "unset clusters.two.insecure-skip-tls-verify",
  "unset nope",
  "unset",
  "unset a b",
];
const reads = [
  "view",
  "view -o yaml",
  "view -o nope",
  "view --raw",
  "view --flatten",
  "view --minify",
  "view --minify --raw",
  "view --minify --context=second",
  "view --minify --context=nope",
  "view --context=second",
  "view -o jsonpath='{.users[*].name}'",
  "view -o jsonpath='{.contexts[?(@.name==\"first\")].context.cluster}'",
  "view -o go-template='{{range .clusters}}{{.name}} {{end}}'",
  "view --merge=false",
  "view --nope",
  "view extra",
  "current-context",
  "current-context extra",
  "get-contexts",
  "get-contexts first",
  "get-contexts second first",
  "get-contexts nope",
  "get-contexts first nope",
  "get-contexts -o name",
  "get-contexts -o json",
  "get-contexts --no-headers",
  "get-contexts -o name second",
  "get-clusters",
  "get-clusters extra",
  "get-users",
  "get-users extra",
];

export const config: Area = {
  name: "config",
  files: {
    "own.yaml": KUBECONFIG,
    "ca.crt": "cert\n",
    "more.yaml":
      "apiVersion: v1\nkind: Config\ncontexts:\n- {name: added, context: {cluster: one, user: me}}\ncurrent-context: added\n",
  },
  lines: [
    ...reads.map((rest) => `kubectl config --kubeconfig=own.yaml ${rest}`),
    ...changes.map((rest) => `cp own.yaml x.yaml; kubectl config --kubeconfig=x.yaml ${rest}; echo $?; cat x.yaml`),
    "kubectl config --kubeconfig=missing.yaml view",
    "kubectl config --kubeconfig=missing.yaml current-context",
    "kubectl config --kubeconfig=missing.yaml get-contexts",
    "kubectl config --kubeconfig=missing.yaml get-clusters",
    "kubectl config --kubeconfig=missing.yaml get-users",
    "kubectl config --kubeconfig=missing.yaml use-context x",
    "kubectl config --kubeconfig=fresh.yaml set-context x --cluster=c; cat fresh.yaml; rm fresh.yaml",
    "kubectl config --kubeconfig=fresh.yaml set-cluster x --server=http://x; cat fresh.yaml; rm fresh.yaml",
    "KUBECONFIG=own.yaml:more.yaml kubectl config view",
    "KUBECONFIG=more.yaml:own.yaml kubectl config get-contexts",
    "cp own.yaml x.yaml; KUBECONFIG=more.yaml:x.yaml kubectl config use-context second; cat more.yaml; cat x.yaml",
    "KUBECONFIG=own.yaml kubectl config current-context",
    "KUBECONFIG=missing.yaml kubectl config view",
    "kubectl config",
  ],
};
