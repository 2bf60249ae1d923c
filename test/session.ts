// Tests that need what only a session of build/run.mjs has: left out aloud elsewhere, but inside it a lack is a failure.

/** Says that a test is left out because something is not here; inside `npm test`, where it must be, that fails. */
export function leftOut(lack: string): void {
  if (process.env.AMT_ROOT !== undefined) throw new Error(`${lack}, although this is the session that should have it`)
  console.log(`${lack}: this test was not run. It runs inside \`npm test\`.`)
}
