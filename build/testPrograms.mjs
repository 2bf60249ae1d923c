// What vitest calls before the first test: the programs that tests start by themselves are made anew.
import { bundlePrograms } from './programs.mjs'

export async function setup() {
  await bundlePrograms('test-results', ['cli'])
}
