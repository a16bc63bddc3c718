import { Shell } from './Shell';
import { showPage } from './showPage';

void showPage('shell', Shell);
