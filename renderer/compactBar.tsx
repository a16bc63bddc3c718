import { CompactBar } from './parts/CompactBar';
import { showPage } from './showPage';

void showPage('bar', CompactBar);
