import { describe, expect, test } from "vitest";
import { Bench } from "../testing/bench";

async function busyBench(): Promise<Bench> {
  const bench = new Bench({}, { addons: ["metrics-server"] });
  await bench.run(["run", "busy", "--image=busybox", "--", "sh", "-c", "while true; do :; done"]);
  await bench.run([
    "run",
    "limited",
    "--image=vish/stress",
    "--labels=app=limited",
    "--",
    "-cpus",
    "2",
    "-mem-total",
    "40Mi",
    "-mem-alloc-size",
    "40Mi",
  ]);
  await bench.run(["run", "calm", "--image=registry.k8s.io/pause:3.10"]);
  bench.settle(150_000);
  return bench;
}

const screen = async (bench: Bench, line: string) => {
  const { stdout, stderr } = await bench.run(line);
  return `${stdout}${stderr}`.replace(/[ ]+$/gm, "");
};

describe("kubectl top", () => {
  test("shows what pods and nodes take, sorted and summed as asked", async () => {
    const bench = await busyBench();
    expect(await screen(bench, "top pod")).toMatchInlineSnapshot(`
      "NAME      CPU(cores)   MEMORY(bytes)
      busy      1000m        2Mi
      calm      0m           2Mi
      limited   2000m        41Mi
      "
    `);
    expect(await screen(bench, "top pods --sort-by=memory --sum")).toMatchInlineSnapshot(`
      "NAME      CPU(cores)   MEMORY(bytes)
      limited   2000m        41Mi
      busy      1000m        2Mi
      calm      0m           2Mi
                ________     ________
                3000m        45Mi
      "
    `);
    expect(await screen(bench, "top po --containers --no-headers -l app=limited")).toMatchInlineSnapshot(`
      "limited   limited   2000m   41Mi
      "
    `);
    expect(await screen(bench, "top pod calm --use-protocol-buffers=false")).toMatchInlineSnapshot(`
      "NAME   CPU(cores)   MEMORY(bytes)
      calm   0m           2Mi
      "
    `);
    expect(await screen(bench, "top node --sort-by=cpu")).toMatchInlineSnapshot(`
      "NAME            CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)
      node-2          3030m        75%      445Mi           5%
      control-plane   113m         5%       734Mi           18%
      node-1          34m          0%       426Mi           5%
      "
    `);
  });

  test("refuses as stock kubectl does", async () => {
    const bench = new Bench({}, { addons: ["metrics-server"] });
    expect(await screen(bench, "top pod")).toBe("No resources found in default namespace.\n");
    expect(await screen(bench, "top pod nope")).toBe('Error from server (NotFound): pods "default/nope" not found\n');
    expect(await screen(bench, "top node nope")).toBe('Error from server (NotFound): nodes "nope" not found\n');
    expect(await screen(bench, "top pod --sort-by=age")).toBe("error: --sort-by accepts only cpu or memory\n");
    expect(await screen(bench, "top pod a -l b=c")).toBe("error: only one of NAME or selector can be provided\n");
    await bench.run("run young --image=registry.k8s.io/pause:3.10");
    bench.settle(3000);
    expect(await screen(bench, "top pod")).toBe("error: metrics not available yet\n");
    expect(await screen(bench, "top pod young")).toBe(
      'Error from server (NotFound): podmetrics.metrics.k8s.io "default/young" not found\n',
    );
  });

  test("has nothing to show where no metrics server runs, or where it is gone", async () => {
    expect(await screen(new Bench(), "top node")).toBe("error: Metrics API not available\n");
    const bench = new Bench({}, { addons: ["metrics-server"] });
    await bench.run("scale deployment metrics-server -n kube-system --replicas=0");
    bench.settle(60_000);
    expect(await screen(bench, "get apiservice v1beta1.metrics.k8s.io --no-headers")).toMatch(
      /^v1beta1.metrics.k8s.io {3}kube-system\/metrics-server {3}False \(MissingEndpoints\) {3}4m/,
    );
    expect(await screen(bench, "top node")).toBe("error: Metrics API not available\n");
    expect(await screen(bench, "get --raw /apis/metrics.k8s.io/v1beta1/nodes")).toBe(
      "Error from server (ServiceUnavailable): the server is currently unable to handle the request\n",
    );
  });
});
