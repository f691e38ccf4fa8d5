// Runs an app's tests in Node. Tests in TypeScript are bundled first.

import esbuild from "esbuild";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

function found(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "sdk"].includes(entry.name) || entry.name.startsWith(".") ? [] : found(path);
    return /\.test\.(ts|js|mjs)$/.test(entry.name) ? [path] : [];
  });
}

export async function test(folder) {
  const files = found(resolve(folder));
  if (files.length === 0) {
    console.error(`error: ${folder}: there are no tests (*.test.ts, *.test.js)`);
    return 1;
  }
  // Beside the tests, so that packages are found as from there.
  const out = mkdtempSync(join(resolve(folder), ".mesinfos-test-"));
  try {
    const { outputFiles, ...built } = await esbuild.build({
      entryPoints: files,
      outdir: out,
      outbase: resolve(folder),
      bundle: true,
      packages: "external",
      format: "esm",
      platform: "node",
      sourcemap: "inline",
      outExtension: { ".js": ".mjs" },
      logLevel: "error",
    });
    void outputFiles, built;
    const tests = files.map((file) => join(out, file.slice(resolve(folder).length + 1).replace(/\.(ts|js|mjs)$/, ".mjs")));
    const node = spawn(process.execPath, ["--enable-source-maps", "--test", ...tests], { stdio: "inherit" });
    return await new Promise((done) => node.on("exit", (code) => done(code ?? 1)));
  } catch (error) {
    if (error.errors) return 1;
    throw error;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
