import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "scripts/**/*.test.ts"],
    environment: "node",
    // Starts a database server for the first test that asks for one.
    globalSetup: ["src/server/testing/global-setup.ts"],
    // Bounds against hanging, not measures: machines that run this do much else, and the database is made in a hook.
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
