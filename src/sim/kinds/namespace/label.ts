/** Carries the name, so that selectors of namespaces can say names. */
export const NAMESPACE_LABEL = "kubernetes.io/metadata.name";
