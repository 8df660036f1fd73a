import { Cluster } from "../cluster";
import { goldenText } from "./cases";
import { type CaseResult, differs, NOT_RUN, SIM_EXCEPTIONS, type Suite } from "./suite";

/** What every cluster has a value of its own for. */
const OWN = new Set(["uid", "resourceVersion", "creationTimestamp", "managedFields", "selfLink", "generation"]);

function comparable({ metadata, kind: _, apiVersion: __, status: ___, ...rest }: any) {
  const kept = Object.entries(metadata).filter(([name]) => !OWN.has(name));
  return { metadata: Object.fromEntries(kept), ...rest };
}

/** One case an object that a new control plane makes for itself. */
export const bootstrapSuite: Suite = {
  file: "bootstrap-1.20.2.json",
  exceptions: SIM_EXCEPTIONS,
  run: () => {
    const cluster = Cluster.create();
    const lists = Object.entries<any>(JSON.parse(goldenText("bootstrap-1.20.2.json")));
    return lists.flatMap(([path, { items }]) =>
      items.map((recorded: any): CaseResult => {
        const { name, namespace } = recorded.metadata;
        const place = namespace ? path.replace(/\/([^/]+)$/, `/namespaces/${namespace}/$1`) : path;
        const { status, body } = cluster.request({ method: "GET", path: `${place}/${encodeURIComponent(name)}` });
        return {
          id: `${place}/${name}`,
          what: path.slice(path.lastIndexOf("/") + 1),
          complaints: status === 200 ? differs(comparable(body), comparable(recorded)) : [NOT_RUN],
        };
      }),
    );
  },
};
