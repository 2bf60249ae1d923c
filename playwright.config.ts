// The tests that open the real window. The screen, the keychain and the user they run as come from build/run.mjs.
import { defineConfig } from '@playwright/test'

/** Each project is run by itself and writes a report of its own. */
const report = process.argv.includes('--project=packed') ? 'test-results/packed.json' : 'test-results/e2e.json'

export default defineConfig({
  projects: [
    { name: 'window', testDir: 'test/e2e' },
    // The packed program; build/pack.mjs has made it before.
    { name: 'packed', testDir: 'test/packed' }
  ],
  outputDir: 'test-results/e2e',
  // One window at a time: they share a screen and a keychain.
  workers: 1,
  timeout: 60_000,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: report }]],
  use: { trace: 'retain-on-failure' }
})
