import { expect, test } from "vitest";
import { Scene } from "./scene";

function scene(): Scene {
  const scene = new Scene(["Node/", "Pod/", "Endpoints/web"]);
  scene.deployment("web", 2, { image: "nginx:1.25" });
  scene.create("Service", "web", { spec: { selector: { app: "web" }, ports: [{ port: 80 }] } });
  scene.wait(20);
  scene.cut();
  return scene;
}

test("a node loses power: its pods move after five minutes, and go when it is back", () => {
  const play = scene();
  play.fault({ fault: "node-down", node: "node-1" });
  expect(play.play(360)).toMatchInlineSnapshot(`
    [
      "+50.7 Node/node-1 Ready=Unknown(NodeStatusUnknown)",
      "+50.7 event Node/node-1 NodeNotReady: Node node-1 status is now: NodeNotReady",
      "+50.7 Node/node-1 Ready=Unknown(NodeStatusUnknown) node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute",
      "+50.7 event Pod/web-9c8c45cc-m7glz NodeNotReady: Node is not ready",
      "+50.7 Endpoints/web 1 ready 1 not",
      "+350 event Pod/web-9c8c45cc-m7glz TaintManagerEviction: Marking for deletion Pod default/web-9c8c45cc-m7glz",
      "+350 Pod/web-9c8c45cc-m7glz Running 1/1 c=running on node-1 terminating",
      "+350 Pod/web-9c8c45cc-pjnfb Pending 0/1",
      "+350 Endpoints/web 1 ready 0 not",
      "+350 Pod/web-9c8c45cc-pjnfb Pending 0/1  on node-2",
      "+350 event Pod/web-9c8c45cc-pjnfb Scheduled: Successfully assigned default/web-9c8c45cc-pjnfb to node-2",
      "+350 Pod/web-9c8c45cc-pjnfb Pending 0/1 c=ContainerCreating on node-2",
      "+350.7 event Pod/web-9c8c45cc-pjnfb Pulled: Container image "nginx:1.25" already present on machine",
      "+350.8 event Pod/web-9c8c45cc-pjnfb Created: Created container: c",
      "+350.9 event Pod/web-9c8c45cc-pjnfb Started: Started container c",
      "+351 Pod/web-9c8c45cc-pjnfb Running 1/1 c=running on node-2",
      "+351 Endpoints/web 2 ready 0 not",
    ]
  `);
  play.cut();
  play.fault({ fault: "node-up", node: "node-1" });
  expect(play.play(60)).toMatchInlineSnapshot(`
    [
      "+15 Node/node-1 Ready=True(KubeletReady) node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute",
      "+15 event Node/node-1 Starting: Starting kubelet.",
      "+15 event Node/node-1 NodeHasSufficientMemory: Node node-1 status is now: NodeHasSufficientMemory",
      "+15 event Node/node-1 NodeHasNoDiskPressure: Node node-1 status is now: NodeHasNoDiskPressure",
      "+15 event Node/node-1 NodeHasSufficientPID: Node node-1 status is now: NodeHasSufficientPID",
      "+15 event Node/node-1 NodeReady: Node node-1 status is now: NodeReady",
      "+15 Node/node-1 Ready=True(KubeletReady)",
      "+15 Pod/web-9c8c45cc-m7glz Failed 0/1 c=Unknown(255) on node-1 terminating",
      "+15.8 Pod/web-9c8c45cc-m7glz gone",
    ]
  `);
});

test("a kubelet stops and comes back: nothing was restarted", () => {
  const play = scene();
  play.fault({ fault: "kubelet-down", node: "node-1" });
  expect(play.play(100)).toMatchInlineSnapshot(`
    [
      "+50.7 Node/node-1 Ready=Unknown(NodeStatusUnknown)",
      "+50.7 event Node/node-1 NodeNotReady: Node node-1 status is now: NodeNotReady",
      "+50.7 Node/node-1 Ready=Unknown(NodeStatusUnknown) node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute",
      "+50.7 event Pod/web-9c8c45cc-m7glz NodeNotReady: Node is not ready",
      "+50.7 Endpoints/web 1 ready 1 not",
    ]
  `);
  play.fault({ fault: "kubelet-up", node: "node-1" });
  expect(play.play(30)).toMatchInlineSnapshot(`
    [
      "+100 Node/node-1 Ready=True(KubeletReady) node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute",
      "+100 event Node/node-1 Starting: Starting kubelet.",
      "+100 event Node/node-1 NodeHasSufficientMemory: Node node-1 status is now: NodeHasSufficientMemory",
      "+100 event Node/node-1 NodeHasNoDiskPressure: Node node-1 status is now: NodeHasNoDiskPressure",
      "+100 event Node/node-1 NodeHasSufficientPID: Node node-1 status is now: NodeHasSufficientPID",
      "+100 event Node/node-1 NodeReady: Node node-1 status is now: NodeReady",
      "+100 Node/node-1 Ready=True(KubeletReady)",
      "+100 Endpoints/web 2 ready 0 not",
    ]
  `);
});

test("without scheduler pods wait; without controller manager nothing is made", () => {
  const play = scene();
  play.fault({ fault: "component-down", component: "kube-controller-manager" });
  play.patch("Deployment", "web", { spec: { replicas: 3 } });
  expect(play.play(60)).toMatchInlineSnapshot(`[]`);
  play.fault({ fault: "component-down", component: "kube-scheduler" });
  play.fault({ fault: "component-up", component: "kube-controller-manager" });
  expect(play.play(60)).toMatchInlineSnapshot(`
    [
      "+60.7 Pod/web-9c8c45cc-fb8zj Pending 0/1",
    ]
  `);
  play.fault({ fault: "component-up", component: "kube-scheduler" });
  expect(play.play(5)).toMatchInlineSnapshot(`
    [
      "+120.7 Pod/web-9c8c45cc-fb8zj Pending 0/1  on node-2",
      "+120.7 event Pod/web-9c8c45cc-fb8zj Scheduled: Successfully assigned default/web-9c8c45cc-fb8zj to node-2",
      "+120.7 Pod/web-9c8c45cc-fb8zj Pending 0/1 c=ContainerCreating on node-2",
      "+121.4 event Pod/web-9c8c45cc-fb8zj Pulled: Container image "nginx:1.25" already present on machine",
      "+121.5 event Pod/web-9c8c45cc-fb8zj Created: Created container: c",
      "+121.6 event Pod/web-9c8c45cc-fb8zj Started: Started container c",
      "+122 Pod/web-9c8c45cc-fb8zj Running 1/1 c=running on node-2",
      "+122 Endpoints/web 3 ready 0 not",
    ]
  `);
});
