// The tests that open the real window. The screen, the keychain and the user they run as come from build/run.mjs.
import { defineConfig } from '@playwright/test'

/** Which run this is (build/test.mjs): parts run side by side, and none writes over another's files. */
const part = process.env.AMT_PART ?? 'e2e'

export default defineConfig({
  projects: [
    { name: 'window', testDir: 'test/e2e' },
    // The packed program; build/pack.mjs has made it before.
    { name: 'packed', testDir: 'test/packed' }
  ],
  outputDir: `test-results/${part}`,
  // One window at a time in a session: they share its screen, its clipboard and its keychain.
  workers: 1,
  timeout: 90_000,
  // Other tests run beside them: a slow answer is no failure, a missing one is.
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: `test-results/${part}.json` }]],
  // A film of each step would cost more than the steps: painting is done by the processor here.
  use: { trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false } }
})
