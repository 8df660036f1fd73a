/**
 * One fresh cluster's API on loopback, without a database, until SIGTERM:
 *   npm run -s kubeapi -- [--port P] [--speed N] [--nodes N] [--seed N] [--token T] [--service-cidr C]
 *     [--without scheduler,kubelet,ServiceAccount,…] [--addons metrics-server,ingress-nginx] [--trace] --kubeconfig FILE
 * Without --token, programs of this machine may ask; with it, requests must carry it. The metrics server runs unless --addons says otherwise.
 */
import { rename, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { serveCluster } from "@/server/kubeapi/serve";
import { StartError } from "@/server/start-error";
import { ADDONS, type Addon } from "@/sim/options";
import { mayBeWithout } from "@/sim/without";

const MAX_NODES = 100;

/** What may stand in a path as it is: kubectl takes escapes apart. */
const TOKEN = /^[\w.~-]+$/;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      speed: { type: "string", default: "1" },
      nodes: { type: "string" },
      seed: { type: "string", default: "1" },
      token: { type: "string" },
      "service-cidr": { type: "string" },
      without: { type: "string", multiple: true },
      addons: { type: "string", default: "metrics-server" },
      trace: { type: "boolean", default: false },
      kubeconfig: { type: "string" },
    },
  });
  if (!values.kubeconfig) throw new StartError("--kubeconfig FILE says where the kubeconfig is to be written.");
  if (values.token !== undefined && !TOKEN.test(values.token))
    throw new StartError("--token takes letters, digits and any of -._~.");
  const without = (values.without ?? []).flatMap((list) => list.split(",")).filter(Boolean);
  const unknown = without.find((name) => !mayBeWithout(name));
  if (unknown !== undefined)
    throw new StartError(`--without ${unknown}: no component and no admission plugin has this name.`);
  const addons = addonsNamed(values.addons);
  const nodes = values.nodes === undefined ? undefined : number("--nodes", values.nodes, 1, MAX_NODES, true);
  const served = await serveCluster({
    port: number("--port", values.port, 0, 65_535, true),
    speed: number("--speed", values.speed, 0.001, 10_000),
    seed: values.seed,
    ...(values.token !== undefined && { token: values.token }),
    ...(nodes && { nodes }),
    ...(values["service-cidr"] && { serviceCidr: values["service-cidr"] }),
    ...(without.length > 0 && { without }),
    addons,
    ...(values.trace && { onAnswer: (method, path, status) => console.error(`${status} ${method} ${path}`) }),
  });
  // Whoever waits for the file finds it whole, and nobody else may read the token.
  await writeFile(`${values.kubeconfig}.part`, served.kubeconfig, { mode: 0o600 });
  await rename(`${values.kubeconfig}.part`, values.kubeconfig);
  console.log(`${served.url} is ready; KUBECONFIG=${values.kubeconfig}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void served.close());
}

/** `metrics-server,ingress-nginx`; nothing, or `none`, for a cluster without any. */
function addonsNamed(text: string): Addon[] {
  const names = text.split(",").filter((name) => name !== "" && name !== "none");
  const unknown = names.find((name) => !(ADDONS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new StartError(`--addons ${unknown}: there are ${ADDONS.join(", ")}.`);
  return names as Addon[];
}

function number(name: string, text: string, least: number, most: number, whole = false): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
    throw new StartError(`${name} takes a ${whole ? "whole " : ""}number from ${least} to ${most}.`);
  return value;
}

main().catch((error) => {
  const expected = error instanceof StartError || String(error?.code).startsWith("ERR_PARSE_ARGS");
  console.error(expected ? `kubeapi: ${error.message}` : error);
  process.exitCode = 1;
});
