import type { Sim } from "../component";
import type { Pod, Service } from "../kinds/types";

const variable = (name: string): string => name.toUpperCase().replace(/-/g, "_");

/** The variables by which a container finds the Services that existed when it was made. */
export function serviceEnvironment(sim: Sim, pod: Pod): Record<string, string> {
  const services = new Map<string, Service>();
  const master = sim.store.get("services", "default", "kubernetes") as Service | undefined;
  if (master) services.set("kubernetes", master);
  if (pod.spec.enableServiceLinks !== false) {
    for (const service of sim.store.list("services", pod.metadata.namespace) as Service[])
      services.set(service.metadata.name, service);
  }
  const env: Record<string, string> = {};
  for (const service of services.values()) addService(env, service);
  return env;
}

function addService(env: Record<string, string>, service: Service): void {
  const ip = service.spec.clusterIP;
  const ports = service.spec.ports ?? [];
  if (!ip || ip === "None" || ports.length === 0) return;
  const name = variable(service.metadata.name);
  const first = ports[0]!;
  env[`${name}_SERVICE_HOST`] = ip;
  env[`${name}_SERVICE_PORT`] = String(first.port);
  for (const port of ports) if (port.name) env[`${name}_SERVICE_PORT_${variable(port.name)}`] = String(port.port);
  env[`${name}_PORT`] = `${(first.protocol ?? "TCP").toLowerCase()}://${ip}:${first.port}`;
  for (const { port, protocol = "TCP" } of ports) {
    const prefix = `${name}_PORT_${port}_${protocol}`;
    env[prefix] = `${protocol.toLowerCase()}://${ip}:${port}`;
    env[`${prefix}_PROTO`] = protocol.toLowerCase();
    env[`${prefix}_PORT`] = String(port);
    env[`${prefix}_ADDR`] = ip;
  }
}
