// There are computers already: whether another file joins them, or takes their place.
import { Field, Input, makeStyles } from '@fluentui/react-components'
import { counted } from '../../words.ts'
import { Choice } from '../Choice.tsx'

export type Joining = 'merge' | 'replace'
/** What must be typed before everything is replaced. */
export const replaceWord = 'replace'

const useStyles = makeStyles({ word: { maxWidth: '320px' } })

interface ManyFilesProps {
  readonly computers: number
  readonly joining: Joining
  readonly typed: string
  onChange(change: { readonly joining?: Joining; readonly typed?: string }): void
}

export function ManyFiles({ computers, joining, typed, onChange }: ManyFilesProps) {
  const styles = useStyles()
  return (
    <>
      <Choice
        question="What shall another file do?"
        vertical
        options={[
          {
            value: 'merge',
            title: 'Merge',
            hint: 'Computers are known by their GUID, without one by their FQDN. New ones are added, known ones take over what differs. It can be undone.'
          },
          {
            value: 'replace',
            title: 'Replace everything',
            hint: `${counted(computers, 'computer')} and all that was repaired by hand will make room for the new file.`
          }
        ]}
        value={joining}
        onChange={(value) => onChange({ joining: value })}
      />
      {joining === 'replace' && (
        <Field className={styles.word} label={`Type ${replaceWord} to allow it`}>
          <Input
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(_, { value }) => onChange({ typed: value })}
          />
        </Field>
      )}
    </>
  )
}
