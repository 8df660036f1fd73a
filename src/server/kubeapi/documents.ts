import { openApiV2 } from "@/sim/apiserver/openapi/v2";
import { openApiPaths, openApiV3 } from "@/sim/apiserver/openapi/v3";
import type { ApiResponse } from "@/sim/apiserver/request";
import { aggregatedDiscovery } from "./aggregated-discovery";
import type { ClusterApi } from "./backend";
import { encodeOpenApiV2 } from "./protobuf/openapi-v2";

const V2_PROTOBUF = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

/** What is answered without a resource: discovery, OpenAPI. Undefined: the cluster itself answers. */
export function documentAt(path: string, accept: string, { kinds }: ClusterApi): ApiResponse | undefined {
  switch (path) {
    case "/":
      return { status: 200, body: { paths: rootPaths(kinds.groups()) } };
    case "/api":
    case "/apis":
      return aggregatedDiscovery(kinds, path, accept);
    case "/openapi/v3":
      return { status: 200, body: openApiPaths(kinds) };
    case "/openapi/v2":
      if (accept.includes(V2_PROTOBUF)) return v2Protobuf(openApiV2(kinds));
      return { status: 200, body: openApiV2(kinds) };
  }
  if (!path.startsWith("/openapi/v3/")) return undefined;
  const document = openApiV3(kinds, path.slice("/openapi/v3/".length));
  return document === undefined ? undefined : { status: 200, body: document };
}

const encoded = new WeakMap<object, Buffer>();

/** The content type is the one that clients look for, which is not the one that they ask for. */
function v2Protobuf(document: object): ApiResponse {
  const body = encoded.get(document) ?? encodeOpenApiV2(document);
  encoded.set(document, body);
  return {
    status: 200,
    headers: { "content-type": "application/com.github.proto-openapi.spec.v2.v1.0+protobuf" },
    body,
  };
}

function rootPaths(groups: string[]): string[] {
  const named = groups.filter((group) => group !== "").map((group) => `/apis/${group}`);
  return [
    "/api",
    "/api/v1",
    "/apis",
    ...named,
    "/healthz",
    "/livez",
    "/openapi/v2",
    "/openapi/v3",
    "/readyz",
    "/version",
  ];
}
