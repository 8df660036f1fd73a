import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Track } from "@/challenges/tracks";
import { CHALLENGES } from "../challenge-folder";

const ID = /^([a-z0-9-]+)\/([a-z0-9-]+)$/;

/** Writes a small challenge that is complete and proves itself, to be changed step by step. Gives the exit code. */
export async function newChallenge(id: string | undefined, tracks: readonly Track[]): Promise<number> {
  const [, track, slug] = ID.exec(id ?? "") ?? [];
  if (!track || !slug) {
    console.error("usage: npm run -s challenge -- new track/slug, in small letters, digits and dashes");
    return 2;
  }
  if (!tracks.some((one) => one.id === track)) {
    console.error(`tracks.yaml knows no track ${track}, only ${tracks.map((one) => one.id).join(", ")}`);
    return 2;
  }
  const folder = path.join(CHALLENGES, track, slug);
  if (existsSync(folder)) {
    console.error(`challenges/${id} is there already`);
    return 1;
  }
  for (const [file, content] of Object.entries(template(track, slug))) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  console.log(`challenges/${id} is written. What next:
  npm run -s lab -- --challenge ${id}             try it
  npm run -s challenge -- lint ${id}              what is missing
  npm run -s challenge -- test ${id}              prove it
docs/authoring.md tells the rest.`);
  return 0;
}

const template = (track: string, slug: string): Record<string, string> => ({
  "variables.yaml": `# Drawn anew for each learner. Every other file names them as @{app}.
app: { pick: [atlas, beacon, comet] }
`,
  "challenge.yaml": `id: ${track}/${slug}
version: 1
title: { en: "Run @{app}", zh-TW: "執行 @{app}", zh-CN: "运行 @{app}" }
summary:
  en: A pod that runs a web server.
  zh-TW: 一個執行網頁伺服器的 Pod。
  zh-CN: 一个运行网页服务器的 Pod。
tracks: [${track}]
difficulty: easy
minutes: 5
teaches: [Pod]
goals:
  - en: Run a pod named @{app} from the image nginx:1.27.
    zh-TW: 用映像檔 nginx:1.27 執行一個名為 @{app} 的 Pod。
    zh-CN: 用镜像 nginx:1.27 运行一个名为 @{app} 的 Pod。
hintCosts: [5]
checks:
  - id: image
    text:
      en: The pod @{app} is of the image nginx:1.27.
      zh-TW: Pod @{app} 使用映像檔 nginx:1.27。
      zh-CN: Pod @{app} 使用镜像 nginx:1.27。
    points: 5
    condition: { cel: 'object("pods", "@{app}").spec.containers[0].image == "nginx:1.27"' }
  - id: running
    text:
      en: It runs and is ready.
      zh-TW: 它正在執行,而且已就緒。
      zh-CN: 它正在运行,而且已就绪。
    points: 5
    condition:
      cel: object("pods", "@{app}").status.containerStatuses[0].ready
      about: { resource: pods, name: "@{app}" }
`,
  "brief.en.md": "A harbour needs a beacon. Run a pod named `@{app}` from the image `nginx:1.27`.\n",
  "brief.zh-TW.md": "港口需要一座燈塔。請用映像檔 `nginx:1.27` 執行一個名為 `@{app}` 的 Pod。\n",
  "brief.zh-CN.md": "港口需要一座灯塔。请用镜像 `nginx:1.27` 运行一个名为 `@{app}` 的 Pod。\n",
  "hints.en.md": "## One command is enough\n\n`kubectl run` makes a pod from an image.\n",
  "hints.zh-TW.md": "## 一個指令就夠\n\n`kubectl run` 會用映像檔建立 Pod。\n",
  "hints.zh-CN.md": "## 一条命令就够\n\n`kubectl run` 会用镜像创建 Pod。\n",
  "debrief.en.md":
    "The kubelet pulled the image and started the container; the pod became Ready at once, since nothing probes it.\n",
  "debrief.zh-TW.md": "kubelet 拉取映像檔並啟動容器;因為沒有探測,Pod 立刻就緒。\n",
  "debrief.zh-CN.md": "kubelet 拉取镜像并启动容器;因为没有探测,Pod 立刻就绪。\n",
  "solutions/imperative.sh": "kubectl run @{app} --image=nginx:1.27\nkubectl wait --for=condition=Ready pod/@{app}\n",
  "solutions/manifest.sh": `kubectl apply -f - <<EOF
apiVersion: v1
kind: Pod
metadata: {name: "@{app}"}
spec:
  containers:
  - {name: web, image: "nginx:1.27"}
EOF
kubectl wait --for=condition=Ready pod/@{app}
`,
  "mistakes/another-image.sh":
    "# fails: image\nkubectl run @{app} --image=nginx:1.25\nkubectl wait --for=condition=Ready pod/@{app}\n",
  "mistakes/no-such-image.sh": "# fails: image, running\nkubectl run @{app} --image=nginx:1.27x\nsleep 10\n",
});
