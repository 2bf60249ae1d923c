import type { ProblemEntry } from './entry.ts'

/** What can be wrong with secrets that are handed over to the command line. */
export const secretProblems = {
  'secrets-unreadable': {
    title: 'The secrets could not be read',
    meaning: 'Nothing that can be read was handed over there.',
    remedy:
      'Hand the secrets over on standard input, or open the descriptor for the program itself: 3<FILE. On Windows, and through npx, only standard input reaches it.',
    retry: 'person'
  },
  'secrets-malformed': {
    title: 'A line does not hand a secret over',
    meaning: 'Each line names one secret and holds it. The line is not shown, because it may be a secret.',
    remedy: 'Correct the line. A name with = in it has to be written as JSON.',
    retry: 'person'
  },
  'secret-unasked': {
    title: 'A secret was handed over that nothing asks for',
    meaning: 'Its name is misspelt, or it belongs to another profile. Nothing was begun.',
    remedy: 'Compare the names: "plan" lists those that are asked for. Correct the line, or leave it out.',
    retry: 'person'
  },
  'secret-refused': {
    title: 'This secret cannot be used',
    meaning: 'The devices do not accept it as it is. It is not shown here.',
    remedy: 'Choose another one and hand it over again.',
    retry: 'person'
  },
  'secret-unnamed': {
    title: 'No secret is called this',
    meaning: 'Only what a command asks for can be kept for it.',
    remedy: 'Take the name that "plan" lists.',
    retry: 'person'
  },
  'answer-missing': {
    title: 'A secret is needed and none was given',
    meaning:
      'Secrets are typed at the terminal, handed over line by line, or kept in the keychain; never in a command.',
    remedy:
      'Hand a line "{name}=…" over on standard input or with --secrets-fd, or keep it with "secret keep {name}", or start the command on a terminal.',
    retry: 'person'
  },
  'profile-unknown': {
    title: 'There is no such profile',
    meaning: 'It is neither a file nor the name of a saved or ready profile.',
    remedy: 'Check the spelling, or export the profile in the window and name the file.',
    retry: 'person'
  }
} as const satisfies Record<string, ProblemEntry>
