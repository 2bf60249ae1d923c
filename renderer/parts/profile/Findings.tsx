// What does not go together in a profile, and what is worth knowing about it.
import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { findings } from '../../../shared/profile/rules.ts'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({ list: { margin: 0, paddingLeft: '20px', lineHeight: tokens.lineHeightBase300 } })

export function Findings() {
  const styles = useStyles()
  const { profile } = useProfile()
  const all = findings(profile)
  return (['refused', 'advice'] as const).map((severity) => {
    const texts = all.filter((each) => each.severity === severity).map(({ text }) => text)
    if (texts.length === 0) return null
    return (
      <MessageBar key={severity} intent={severity === 'refused' ? 'error' : 'warning'} layout="multiline">
        <MessageBarBody>
          <strong>{severity === 'refused' ? 'This does not go together:' : 'Worth knowing:'}</strong>
          <ul className={styles.list} data-findings={severity}>
            {texts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </MessageBarBody>
      </MessageBar>
    )
  })
}
