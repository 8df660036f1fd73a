import { controllersOf, optionsOf } from "../../images/programs/ingress-nginx/deployed";
import { refusal } from "../../images/programs/ingress-nginx/options";
import type { Ingress, IngressClass } from "../../kinds/types";
import { badRequest } from "../status";
import type { AdmissionPlugin, AdmissionRequest } from "./admission";

const CLASS_ANNOTATION = "kubernetes.io/ingress.class";
const DEFAULT_ANNOTATION = "ingressclass.kubernetes.io/is-default-class";

const isIngress = ({ kind, subresource, verb }: AdmissionRequest) =>
  kind.kind === "Ingress" && subresource === "" && (verb === "create" || verb === "update");

/** Gives an Ingress that names no class the default one; of several, the newest (kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class). */
export const defaultIngressClass: AdmissionPlugin = {
  name: "DefaultIngressClass",
  mutate(request) {
    const { draft, sim, verb } = request;
    if (!isIngress(request) || verb !== "create" || !draft.spec || draft.spec.ingressClassName !== undefined) return;
    if (draft.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return;
    const classes = sim.store.list("ingressclasses.networking.k8s.io") as readonly IngressClass[];
    const [first] = classes
      .filter(({ metadata }) => metadata.annotations?.[DEFAULT_ANNOTATION] === "true")
      .sort((one, two) => (String(one.metadata.creationTimestamp) < String(two.metadata.creationTimestamp) ? 1 : -1));
    if (first) draft.spec.ingressClassName = first.metadata.name;
  },
};

const PREFIX = "nginx.ingress.kubernetes.io/";
const SNIPPETS = ["auth-snippet", "configuration-snippet", "server-snippet", "stream-snippet"];
const WEBHOOK = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request:';

/** The webhook that ingress-nginx brings along, as long as a controller is there to answer it. */
export const ingressNginxWebhook: AdmissionPlugin = {
  name: "ValidatingAdmissionWebhook/ingress-nginx",
  validate(request) {
    if (!isIngress(request)) return;
    const { sim } = request;
    const [controller] = controllersOf(sim);
    const ingress = request.draft as unknown as Ingress;
    if (!controller || refusal(sim.store, optionsOf(controller), ingress) !== undefined) return;
    const snippet = SNIPPETS.find((name) => ingress.metadata.annotations?.[PREFIX + name] !== undefined);
    if (snippet) {
      throw badRequest(
        `${WEBHOOK} ${PREFIX}${snippet} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`,
      );
    }
    const taken = clash(sim.store.list("ingresses.networking.k8s.io") as readonly Ingress[], ingress);
    if (taken) throw badRequest(`${WEBHOOK} ${taken}`);
  },
};

const isCanary = ({ metadata }: Ingress) => metadata.annotations?.[`${PREFIX}canary`] === "true";

/** Two Ingresses may not claim one path of a host, unless one of them is a canary. */
function clash(others: readonly Ingress[], ingress: Ingress): string | undefined {
  if (isCanary(ingress)) return undefined;
  const routes = ({ spec }: Ingress) =>
    (spec.rules ?? []).flatMap(({ host = "", http }) => (http?.paths ?? []).map(({ path = "/" }) => ({ host, path })));
  const own = routes(ingress);
  for (const other of others) {
    const same =
      other.metadata.name === ingress.metadata.name && other.metadata.namespace === ingress.metadata.namespace;
    if (same || isCanary(other) || other.spec.ingressClassName !== ingress.spec.ingressClassName) continue;
    const taken = routes(other).find(({ host, path }) => own.some((one) => one.host === host && one.path === path));
    if (taken)
      return `host "${taken.host || "_"}" and path "${taken.path}" is already defined in ingress ${other.metadata.namespace}/${other.metadata.name}`;
  }
  return undefined;
}
