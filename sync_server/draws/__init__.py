"""双随机: draws that anybody can repeat."""
