// The tests that need no window: pure rules, the wire, crashes, and the walls between the rooms.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest begins first, so that nothing long is left alone at the end. */
const longest = [
  'test/crash/kill',
  'test/wire/proven',
  'test/unit/cli/cli',
  'test/unit/cli/evidence',
  'test/crash',
  'test/unit/cli',
  'test/wire'
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((beginning) => moduleId.includes(beginning))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    include: ['test/{unit,wire,crash,boundary}/**/*.test.ts'],
    globalSetup: ['build/testPrograms.mjs'],
    // A process for each file: native modules and sockets do not mix between them.
    pool: 'forks',
    // Most of them wait for devices, disks and programs; four side by side keep two cores busy.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 20_000
  }
})
