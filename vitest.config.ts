// The tests that need no window: pure rules, the wire, crashes, and the walls between the rooms.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,wire,crash,boundary}/**/*.test.ts'],
    // A process for each file: native modules and sockets do not mix between them.
    pool: 'forks',
    // Most of them wait for devices, disks and programs; three side by side keep two cores busy.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 20_000
  }
})
