// The first column of a row: what the row needs, and whether automatic provisioning is prevented; as icons with words.
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { ArrowSyncOffRegular } from '@fluentui/react-icons'
import { memo } from 'react'
import { rowLooks, useTones } from '../tones.tsx'
import type { RowState } from './columns.ts'

const useStyles = makeStyles({
  icon: { fontSize: '18px', flexShrink: 0 },
  mark: { fontSize: '16px', flexShrink: 0, marginLeft: '2px' }
})

const prevention = 'Automatic in-band provisioning prevented'

/** Most rows that scroll by are alike, and then nothing is drawn anew. */
export const StateIcons = memo(function StateIcons(props: { readonly state: RowState; readonly prevented: boolean }) {
  const styles = useStyles()
  const tones = useTones()
  const { icon: Icon, tone, word } = rowLooks[props.state]
  return (
    <>
      <Icon className={mergeClasses(styles.icon, tones[tone])} role="img" aria-label={word} title={word} />
      {props.prevented && (
        <ArrowSyncOffRegular
          className={mergeClasses(styles.mark, tones.quiet)}
          role="img"
          aria-label={prevention}
          title={prevention}
        />
      )}
    </>
  )
})
