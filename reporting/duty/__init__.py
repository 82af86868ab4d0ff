"""How units and officers resolve dossiers: TT 01/2018/TT-VPCP Đ13–15, by quarter and year."""
