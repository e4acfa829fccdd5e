"""In hàng loạt: the dossiers of many cases as one job, register numbers without gaps."""
