import { expect, test } from "vitest";
import { Scene } from "./scene";

const image = (name: string) => ({ spec: { template: { spec: { containers: [{ name: "c", image: name }] } } } });
const ROLLOUT = ["Deployment/", "ReplicaSet/"];

test("a rollout keeps surge and unavailability", () => {
  const scene = new Scene(ROLLOUT);
  scene.deployment("web", 4, { image: "nginx:1.25" });
  scene.wait(20);
  scene.cut();
  scene.patch("Deployment", "web", image("nginx:1.26"));
  expect(scene.play(20)).toMatchInlineSnapshot(`
    [
      "+0 ReplicaSet/web-5fc59b86b8 wants 1 has 0 ready 0",
      "+0 event Deployment/web ScalingReplicaSet: Scaled up replica set web-5fc59b86b8 from 0 to 1",
      "+0 Deployment/web ready 4/4 updated 4 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetCreated)",
      "+0 ReplicaSet/web-9c8c45cc wants 3 has 4 ready 4",
      "+0 event Deployment/web ScalingReplicaSet: Scaled down replica set web-9c8c45cc from 4 to 3",
      "+0 Deployment/web ready 4/4 updated 0 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetCreated)",
      "+0 ReplicaSet/web-5fc59b86b8 wants 2 has 0 ready 0",
      "+0 event Deployment/web ScalingReplicaSet: Scaled up replica set web-5fc59b86b8 from 1 to 2",
      "+0 event ReplicaSet/web-5fc59b86b8 SuccessfulCreate: Created pod: web-5fc59b86b8-t6jwr",
      "+0 event ReplicaSet/web-5fc59b86b8 SuccessfulCreate: Created pod: web-5fc59b86b8-hdhmn",
      "+0 event ReplicaSet/web-9c8c45cc SuccessfulDelete: Deleted pod: web-9c8c45cc-2tk69",
      "+0 ReplicaSet/web-5fc59b86b8 wants 2 has 2 ready 0",
      "+0 ReplicaSet/web-9c8c45cc wants 3 has 3 ready 3",
      "+0 Deployment/web ready 3/4 updated 2 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+5 ReplicaSet/web-5fc59b86b8 wants 2 has 2 ready 1",
      "+5 ReplicaSet/web-9c8c45cc wants 2 has 3 ready 3",
      "+5 event Deployment/web ScalingReplicaSet: Scaled down replica set web-9c8c45cc from 3 to 2",
      "+5 Deployment/web ready 4/4 updated 2 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+5 ReplicaSet/web-5fc59b86b8 wants 3 has 2 ready 1",
      "+5 event Deployment/web ScalingReplicaSet: Scaled up replica set web-5fc59b86b8 from 2 to 3",
      "+5 event ReplicaSet/web-9c8c45cc SuccessfulDelete: Deleted pod: web-9c8c45cc-c2pwd",
      "+5 event ReplicaSet/web-5fc59b86b8 SuccessfulCreate: Created pod: web-5fc59b86b8-t68zz",
      "+5 ReplicaSet/web-9c8c45cc wants 2 has 2 ready 2",
      "+5 Deployment/web ready 3/4 updated 2 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+5 ReplicaSet/web-5fc59b86b8 wants 3 has 3 ready 1",
      "+5 Deployment/web ready 3/4 updated 3 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+6 ReplicaSet/web-5fc59b86b8 wants 3 has 3 ready 3",
      "+6 ReplicaSet/web-9c8c45cc wants 0 has 2 ready 2",
      "+6 event Deployment/web ScalingReplicaSet: Scaled down replica set web-9c8c45cc from 2 to 0",
      "+6 Deployment/web ready 5/4 updated 3 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+6 ReplicaSet/web-5fc59b86b8 wants 4 has 3 ready 3",
      "+6 event Deployment/web ScalingReplicaSet: Scaled up replica set web-5fc59b86b8 from 3 to 4",
      "+6 event ReplicaSet/web-9c8c45cc SuccessfulDelete: Deleted pod: web-9c8c45cc-hb7mr",
      "+6 event ReplicaSet/web-9c8c45cc SuccessfulDelete: Deleted pod: web-9c8c45cc-p5vh9",
      "+6 event ReplicaSet/web-5fc59b86b8 SuccessfulCreate: Created pod: web-5fc59b86b8-968ws",
      "+6 ReplicaSet/web-9c8c45cc wants 0 has 0 ready 0",
      "+6 ReplicaSet/web-5fc59b86b8 wants 4 has 4 ready 3",
      "+6 Deployment/web ready 3/4 updated 4 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+7 ReplicaSet/web-5fc59b86b8 wants 4 has 4 ready 4",
      "+7 Deployment/web ready 4/4 updated 4 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetAvailable)",
    ]
  `);
});

test("a broken image: stuck, past its deadline, undone", () => {
  const scene = new Scene(["Deployment/"]);
  scene.deployment("web", 4, { image: "nginx:1.25" });
  scene.wait(20);
  scene.cut();
  scene.patch("Deployment", "web", image("nginx:nope"));
  expect(scene.play(700)).toMatchInlineSnapshot(`
    [
      "+0 event Deployment/web ScalingReplicaSet: Scaled up replica set web-7bb45cdc67 from 0 to 1",
      "+0 Deployment/web ready 4/4 updated 4 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetCreated)",
      "+0 event Deployment/web ScalingReplicaSet: Scaled down replica set web-9c8c45cc from 4 to 3",
      "+0 Deployment/web ready 4/4 updated 0 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetCreated)",
      "+0 event Deployment/web ScalingReplicaSet: Scaled up replica set web-7bb45cdc67 from 1 to 2",
      "+0 Deployment/web ready 3/4 updated 2 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+601 Deployment/web ready 3/4 updated 2 Available=True(MinimumReplicasAvailable) Progressing=False(ProgressDeadlineExceeded)",
    ]
  `);
  expect(scene.get("deployments.apps", "web").status).toMatchInlineSnapshot(`
    {
      "availableReplicas": 3,
      "conditions": [
        {
          "lastTransitionTime": "2026-01-05T09:00:05Z",
          "lastUpdateTime": "2026-01-05T09:00:05Z",
          "message": "Deployment has minimum availability.",
          "reason": "MinimumReplicasAvailable",
          "status": "True",
          "type": "Available",
        },
        {
          "lastTransitionTime": "2026-01-05T09:10:21Z",
          "lastUpdateTime": "2026-01-05T09:10:21Z",
          "message": "ReplicaSet "web-7bb45cdc67" has timed out progressing.",
          "reason": "ProgressDeadlineExceeded",
          "status": "False",
          "type": "Progressing",
        },
      ],
      "observedGeneration": 2,
      "readyReplicas": 3,
      "replicas": 5,
      "unavailableReplicas": 2,
      "updatedReplicas": 2,
    }
  `);
  scene.cut();
  scene.patch("Deployment", "web", image("nginx:1.25"));
  expect(scene.play(10)).toMatchInlineSnapshot(`
    [
      "+0 event Deployment/web ScalingReplicaSet: Scaled down replica set web-7bb45cdc67 from 2 to 0",
      "+0 Deployment/web ready 3/4 updated 3 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+0 event Deployment/web ScalingReplicaSet: Scaled up replica set web-9c8c45cc from 3 to 4",
      "+0 Deployment/web ready 3/4 updated 4 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
      "+1 Deployment/web ready 4/4 updated 4 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetAvailable)",
    ]
  `);
});

test("Recreate ends the old pods first", () => {
  const scene = new Scene(["ReplicaSet/", "Pod/"]);
  scene.deployment("web", 1, { image: "nginx:1.25" }, { strategy: { type: "Recreate" } });
  scene.wait(20);
  scene.cut();
  scene.patch("Deployment", "web", image("nginx:1.25-alpine"));
  expect(scene.play(20)).toMatchInlineSnapshot(`
    [
      "+0 ReplicaSet/web-9c8c45cc wants 0 has 1 ready 1",
      "+0 Pod/web-9c8c45cc-2tk69 Running 1/1 c=running on node-1 terminating",
      "+0 event ReplicaSet/web-9c8c45cc SuccessfulDelete: Deleted pod: web-9c8c45cc-2tk69",
      "+0 ReplicaSet/web-9c8c45cc wants 0 has 0 ready 0",
      "+0 event Pod/web-9c8c45cc-2tk69 Killing: Stopping container c",
      "+0 Pod/web-9c8c45cc-2tk69 Succeeded 0/1 c=Completed(0) on node-1 terminating",
      "+0.8 Pod/web-9c8c45cc-2tk69 gone",
      "+0.8 ReplicaSet/web-6d99c8c74f wants 1 has 0 ready 0",
      "+0.8 Pod/web-6d99c8c74f-dxlfr Pending 0/1",
      "+0.8 event ReplicaSet/web-6d99c8c74f SuccessfulCreate: Created pod: web-6d99c8c74f-dxlfr",
      "+0.8 Pod/web-6d99c8c74f-dxlfr Pending 0/1  on node-2",
      "+0.8 event Pod/web-6d99c8c74f-dxlfr Scheduled: Successfully assigned default/web-6d99c8c74f-dxlfr to node-2",
      "+0.8 ReplicaSet/web-6d99c8c74f wants 1 has 1 ready 0",
      "+0.8 Pod/web-6d99c8c74f-dxlfr Pending 0/1 c=ContainerCreating on node-2",
      "+1.6 event Pod/web-6d99c8c74f-dxlfr Pulling: Pulling image "nginx:1.25-alpine"",
      "+3.2 event Pod/web-6d99c8c74f-dxlfr Pulled: Successfully pulled image "nginx:1.25-alpine" in N (N including waiting). Image size: 18350080 bytes.",
      "+3.3 event Pod/web-6d99c8c74f-dxlfr Created: Created container: c",
      "+3.4 event Pod/web-6d99c8c74f-dxlfr Started: Started container c",
      "+4 Pod/web-6d99c8c74f-dxlfr Running 1/1 c=running on node-2",
      "+4 ReplicaSet/web-6d99c8c74f wants 1 has 1 ready 1",
    ]
  `);
});

test("a paused Deployment scales, and rolls out when it goes on", () => {
  const scene = new Scene(["Deployment/", "ReplicaSet/"]);
  scene.deployment("web", 2, { image: "nginx:1.25" });
  scene.wait(20);
  scene.cut();
  scene.patch("Deployment", "web", { spec: { paused: true, replicas: 3 } });
  scene.patch("Deployment", "web", image("nginx:1.26"));
  expect(scene.play(20)).toMatchInlineSnapshot(`
    [
      "+0 Deployment/web ready 2/3 updated 2 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetAvailable)",
      "+0 Deployment/web ready 2/3 updated 2 Available=True(MinimumReplicasAvailable) Progressing=Unknown(DeploymentPaused)",
      "+0 ReplicaSet/web-9c8c45cc wants 3 has 2 ready 2",
      "+0 event Deployment/web ScalingReplicaSet: Scaled up replica set web-9c8c45cc from 2 to 3",
      "+0 Deployment/web ready 2/3 updated 0 Available=False(MinimumReplicasUnavailable) Progressing=Unknown(DeploymentPaused)",
      "+0 event ReplicaSet/web-9c8c45cc SuccessfulCreate: Created pod: web-9c8c45cc-h96nf",
      "+0 ReplicaSet/web-9c8c45cc wants 3 has 3 ready 2",
      "+1 ReplicaSet/web-9c8c45cc wants 3 has 3 ready 3",
      "+1 Deployment/web ready 3/3 updated 0 Available=True(MinimumReplicasAvailable) Progressing=Unknown(DeploymentPaused)",
    ]
  `);
  scene.cut();
  scene.patch("Deployment", "web", { spec: { paused: false } });
  expect(scene.play(1)).toMatchInlineSnapshot(`
    [
      "+0 Deployment/web ready 3/3 updated 0 Available=True(MinimumReplicasAvailable) Progressing=Unknown(DeploymentResumed)",
      "+0 ReplicaSet/web-5fc59b86b8 wants 1 has 0 ready 0",
      "+0 event Deployment/web ScalingReplicaSet: Scaled up replica set web-5fc59b86b8 from 0 to 1",
      "+0 Deployment/web ready 3/3 updated 0 Available=True(MinimumReplicasAvailable) Progressing=True(NewReplicaSetCreated)",
      "+0 event ReplicaSet/web-5fc59b86b8 SuccessfulCreate: Created pod: web-5fc59b86b8-8zjsg",
      "+0 ReplicaSet/web-5fc59b86b8 wants 1 has 1 ready 0",
      "+0 Deployment/web ready 3/3 updated 1 Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)",
    ]
  `);
});

test("more pods than the nodes can take", () => {
  const scene = new Scene(["Pod/"]);
  scene.deployment("big", 3, { image: "nginx:1.25", resources: { requests: { cpu: "3" } } });
  expect(scene.play(10).filter((line) => !/Pull|Creat|Start/.test(line))).toMatchInlineSnapshot(`
    [
      "+0 Pod/big-6dff588f68-2tk69 Pending 0/1",
      "+0 Pod/big-6dff588f68-c2pwd Pending 0/1",
      "+0 Pod/big-6dff588f68-hb7mr Pending 0/1",
      "+0 Pod/big-6dff588f68-2tk69 Pending 0/1  on node-1",
      "+0 event Pod/big-6dff588f68-2tk69 Scheduled: Successfully assigned default/big-6dff588f68-2tk69 to node-1",
      "+0 Pod/big-6dff588f68-c2pwd Pending 0/1  on node-2",
      "+0 event Pod/big-6dff588f68-c2pwd Scheduled: Successfully assigned default/big-6dff588f68-c2pwd to node-2",
      "+0 event Pod/big-6dff588f68-hb7mr FailedScheduling: 0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
      "+5 Pod/big-6dff588f68-2tk69 Running 1/1 c=running on node-1",
      "+5 Pod/big-6dff588f68-c2pwd Running 1/1 c=running on node-2",
    ]
  `);
});
