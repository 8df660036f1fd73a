/** A kubeconfig that names one cluster. JSON strings are YAML as well, so anything may stand in them. */
export function kubeconfigFor(server: string, token?: string, name = "podium"): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: ${name}
  cluster:
    server: ${JSON.stringify(server)}
users:
- name: ${name}
  user: ${token === undefined ? "{}" : JSON.stringify({ token })}
contexts:
- name: ${name}
  context:
    cluster: ${name}
    user: ${name}
    namespace: default
current-context: ${name}
preferences: {}
`;
}
