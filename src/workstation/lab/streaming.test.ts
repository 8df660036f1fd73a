import { expect, test } from "vitest";
import { newLab, runScript } from "./testing";

test("a watch whose reader has gone ends by itself, and the lab goes on", async () => {
  const lab = newLab();
  const { stdout, stderr } = await runScript(
    lab,
    `kubectl get nodes -w | head -2
kubectl create deployment web --image=nginx:1.25 > /dev/null
kubectl get pods -w | head -1
timeout 5 kubectl get events -w > /dev/null; echo "timeout $?"
sleep 60; kubectl get deployment web -o jsonpath='{.status.readyReplicas}'`,
  );
  expect(stderr).toBe("");
  expect(stdout).toBe(`NAME            STATUS   ROLES           AGE   VERSION
control-plane   Ready    control-plane   3m    v1.33.4
NAME                   READY   STATUS              RESTARTS   AGE
timeout 124
1`);
});
