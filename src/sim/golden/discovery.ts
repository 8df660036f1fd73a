import { apiResourceList } from "../apiserver/discovery";
import { kinds } from "../kinds";
import { goldenText } from "./cases";
import { type CaseResult, differs, NOT_RUN, SIM_EXCEPTIONS, type Suite } from "./suite";

/** A resource as it was recorded; hashes of storage versions belong to the real store. */
interface Recorded {
  name: string;
  namespaced: boolean;
  kind: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
}

const told = ({ name, namespaced, kind, verbs, shortNames, categories }: Recorded) => ({
  name,
  namespaced,
  kind,
  verbs: [...verbs].sort(),
  shortNames,
  categories,
});

function resultsOf(groupVersion: string, resources: Recorded[]): CaseResult[] {
  const [group, version] = groupVersion.includes("/") ? groupVersion.split("/") : ["", groupVersion];
  const served = apiResourceList(kinds, group!, version!) as { resources: Recorded[] } | undefined;
  return resources.map((recorded) => {
    const ours = served?.resources.find(({ name }) => name === recorded.name);
    return {
      id: `${groupVersion}/${recorded.name}`,
      what: groupVersion,
      complaints: ours ? differs(told(ours), told(recorded)) : [NOT_RUN],
    };
  });
}

/** One case a resource that the recorded server tells of. */
export const discoverySuite: Suite = {
  file: "discovery-1.20.2.json",
  exceptions: SIM_EXCEPTIONS,
  run: () =>
    Object.values<any>(JSON.parse(goldenText("discovery-1.20.2.json")))
      .filter(({ kind }) => kind === "APIResourceList")
      .flatMap(({ groupVersion, resources }) => resultsOf(groupVersion, resources)),
};
