// The probe as a program of its own: cases as JSON on standard input, outcomes on standard output.
import { type Case, probe } from './tlsProbe.ts'

let input = ''
for await (const part of process.stdin) input += String(part)
const cases = JSON.parse(input) as readonly Case[]
const outcomes: string[] = []
for (const each of cases) outcomes.push(await probe(each))
process.stdout.write(JSON.stringify({ openssl: process.versions.openssl, outcomes }))
