import { TriangleAlert } from 'lucide-react';
import { ICON } from './icon';

/** Says of a file of settings what is wrong with it: of the user's own, until the settings are saved again. */
export function FileFaultNotice({ words }: { words: string }) {
  return (
    <div className="notice">
      <TriangleAlert {...ICON} />
      <p role="alert">{words}</p>
    </div>
  );
}
