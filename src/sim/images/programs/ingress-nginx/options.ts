import type { Ingress, IngressClass } from "../../../kinds/types";
import type { Objects } from "../../../network/dns/types";

/** What the controller is told on its command line. */
export interface ControllerOptions {
  ingressClass: string;
  controllerClass: string;
  /** Ingresses without a class too. */
  withoutClass: boolean;
  classByName: boolean;
  /** `namespace/name` of the Service whose address Ingresses show. */
  publishService?: string;
  publishStatusAddress?: string;
  defaultBackend?: string;
  defaultCertificate?: string;
}

export const CONTROLLER_PROGRAM = "/nginx-ingress-controller";
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** `env` fills `$(POD_NAMESPACE)` where the kubelet has not. */
export function controllerOptions(argv: readonly string[]): ControllerOptions {
  const value = (name: string): string | undefined => {
    const word = argv.find((one) => one.startsWith(`--${name}=`));
    return word?.slice(name.length + 3);
  };
  const flag = (name: string) => argv.includes(`--${name}`) || value(name) === "true";
  const optional = (key: keyof ControllerOptions, text: string | undefined) => (text ? { [key]: text } : {});
  return {
    ingressClass: value("ingress-class") ?? "nginx",
    controllerClass: value("controller-class") ?? "k8s.io/ingress-nginx",
    withoutClass: flag("watch-ingress-without-class"),
    classByName: flag("ingress-class-by-name"),
    ...optional("publishService", value("publish-service")),
    ...optional("publishStatusAddress", value("publish-status-address")),
    ...optional("defaultBackend", value("default-backend-service")),
    ...optional("defaultCertificate", value("default-ssl-certificate")),
  };
}

/** Why the controller leaves an Ingress alone; undefined: it takes it. */
export function refusal(objects: Objects, options: ControllerOptions, ingress: Ingress): string | undefined {
  const annotation = ingress.metadata.annotations?.[CLASS_ANNOTATION];
  if (annotation !== undefined) {
    if (annotation === options.ingressClass || (annotation === "" && options.withoutClass)) return undefined;
    return `ingress class annotation is not equal to the expected by Ingress Controller`;
  }
  const name = ingress.spec.ingressClassName;
  if (name === undefined) return options.withoutClass ? undefined : "ingress does not contain a valid IngressClass";
  const found = objects.get("ingressclasses.networking.k8s.io", undefined, name) as IngressClass | undefined;
  if (!found) return `no object matching key ${JSON.stringify(name)} in local store`;
  if (found.spec.controller === options.controllerClass) return undefined;
  return options.classByName && name === options.ingressClass ? undefined : "ingress class is not of this controller";
}
