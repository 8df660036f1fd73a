/** @type {import("next").NextConfig} */
export default {
  // The server compresses nothing twice: a proxy in front does it where there is one.
  compress: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` runs these over the whole project.
  typescript: { ignoreBuildErrors: true },
  // A project inside a folder with another lock file must not be taken for a part of that one.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // In development, the address by number is the same site as localhost.
  allowedDevOrigins: ["127.0.0.1"],
};
