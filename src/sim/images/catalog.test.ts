import { describe, expect, test } from "vitest";
import { findImage, repositoryExists, repositoryNames, tagsOf } from "./catalog";
import { programs } from "./programs";
import { pullError } from "./pull-error";
import { formatImageReference, InvalidImageName, parseImageReference } from "./reference";

describe("references", () => {
  test.each([
    ["nginx", "docker.io/library/nginx:latest"],
    ["nginx:1.10.0", "docker.io/library/nginx:1.10.0"],
    ["udacity/example-monolith:1.0.0", "docker.io/udacity/example-monolith:1.0.0"],
    ["docker.io/nginx", "docker.io/library/nginx:latest"],
    ["index.docker.io/library/nginx", "docker.io/library/nginx:latest"],
    ["localhost:5000/app", "localhost:5000/app:latest"],
    ["localhost/app:v1", "localhost/app:v1"],
    [`gcr.io/a/b@sha256:${"0".repeat(64)}`, `gcr.io/a/b@sha256:${"0".repeat(64)}`],
    [`nginx:1.2@sha256:${"a".repeat(64)}`, `docker.io/library/nginx:1.2@sha256:${"a".repeat(64)}`],
  ])("%s is %s", (text, full) => {
    expect(formatImageReference(parseImageReference(text))).toBe(full);
  });

  test.each([
    ["", "invalid reference format"],
    ["nginx:", "invalid reference format"],
    ["nginx:-x", "invalid reference format"],
    ["nginx latest", "invalid reference format"],
    ["a//b", "invalid reference format"],
    ["nginx@sha256:12", "invalid reference format"],
    ["Nginx", "invalid reference format: repository name (library/Nginx) must be lowercase"],
    ["e".repeat(64), `invalid repository name (${"e".repeat(64)}), cannot specify 64-byte hexadecimal strings`],
    ["a".repeat(300), "repository name must not be more than 255 characters"],
  ])("%s cannot be parsed", (text, message) => {
    expect(() => parseImageReference(text)).toThrow(new InvalidImageName(message));
  });
});

test("tags of one image share its digest, and a digest finds its image", () => {
  const latest = findImage("nginx")!;
  const named = findImage("nginx:1.27.5")!;
  expect(latest).toMatchObject({ tag: "latest", digest: named.digest, env: { NGINX_VERSION: "1.27.5" } });
  expect(findImage(`nginx@${named.digest}`)?.digest).toBe(named.digest);
  expect(findImage(`nginx@sha256:${"0".repeat(64)}`)).toBeUndefined();
});

test("what no registry has is not found", () => {
  expect(findImage("nosuch")).toBeUndefined();
  expect(findImage("nginx:1.161")).toBeUndefined();
  expect(findImage("nginx:constructor")).toBeUndefined();
});

test.each([
  [
    "nosuch",
    'rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/nosuch:latest": failed to resolve reference "docker.io/library/nosuch:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    "nginx:1.161",
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.161": failed to resolve reference "docker.io/library/nginx:1.161": docker.io/library/nginx:1.161: not found',
  ],
  [
    "registry.example:5000/a/b:1",
    'rpc error: code = Unknown desc = failed to pull and unpack image "registry.example:5000/a/b:1": failed to resolve reference "registry.example:5000/a/b:1": failed to do request: Head "https://registry.example:5000/v2/a/b/manifests/1": dial tcp: lookup registry.example: no such host',
  ],
])("pulling %s fails in containerd's words", (text, message) => {
  const reference = parseImageReference(text);
  expect(pullError(reference, repositoryExists(reference)).message).toBe(message);
});

test("every tag expands, and every program that an image names exists", () => {
  for (const repository of repositoryNames()) {
    for (const tag of tagsOf(repository)) {
      const image = findImage(`${repository}:${tag}`);
      expect(image, `${repository}:${tag}`).toBeDefined();
      for (const program of Object.values(image!.programs))
        expect(programs, `${repository}:${tag}`).toHaveProperty([program]);
    }
  }
});
