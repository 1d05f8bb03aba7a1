"""The model's equations as straight-line code, generated from the model text; do not edit.

All numbers of a group of persons lie in one flat array `w`: row i, lane b at ``w[i*L + b]``.
One base and constant distances let the compiler prove that lanes do not touch each other, and
so run them side by side. With L = 1, b = 0 and `w` a two-dimensional array the same lines are
array code for NumPy. Written by ``scripts/axis_generate.py``.
"""

# ruff: noqa: E501
# fmt: off
from numba import njit

from noctiflora.axis._elementary import cos, exp, pos, sig, sin
from noctiflora.axis._lanes import LANES, Lanes

L = LANES
DIGEST = 271192694938169
"""Digest of the model text and of the engine; part of the key of the compiled code."""
STATES = 30
RATES_AT = 30
TERMS_AT = 60
INPUTS = 8
INPUTS_AT = 86
PARAMETERS = 168
PARAMETERS_AT = 94
START_AT = 262
SUM_AT = 292
ROWS = 322
ROW_PSI = 1
ROW_PS = 4
ROW_U = 5
ROW_HM = 7
ROW_X3 = 9
ROW_KF = 79
ROW_KW = 81
ROW_OP = 87
ROW_KUP = 121


@njit(forceinline=True, error_model="numpy", fastmath={"contract", "nsz", "arcp"})
def terms(b: int, w: Lanes) -> None:
    """Fill the algebraic terms of one lane."""
    w[60*L + b] = cos(w[1*L + b])  # c1
    w[61*L + b] = sin(w[1*L + b])  # s1
    w[62*L + b] = w[60*L + b] * w[60*L + b] - w[61*L + b] * w[61*L + b]  # c2
    w[63*L + b] = 2 * w[61*L + b] * w[60*L + b]  # s2
    w[64*L + b] = w[86*L + b] * pos(1 - w[4*L + b])  # L
    w[65*L + b] = w[104*L + b] * w[64*L + b] / (w[64*L + b] + w[106*L + b])  # al
    w[66*L + b] = w[103*L + b] * (1 - w[2*L + b]) * w[65*L + b]  # Bh
    w[67*L + b] = w[0*L + b] * (w[60*L + b] * w[236*L + b] + w[61*L + b] * w[237*L + b])  # C
    w[68*L + b] = pos(1 - w[29*L + b] * w[261*L + b])  # loss
    w[69*L + b] = w[15*L + b] / (w[162*L + b] + w[15*L + b])  # fer
    w[70*L + b] = w[13*L + b] / (w[164*L + b] + w[13*L + b])  # phi
    w[71*L + b] = sig(w[136*L + b] * (w[60*L + b] * w[238*L + b] + w[61*L + b] * w[239*L + b] - w[135*L + b]))  # bio
    w[72*L + b] = w[70*L + b] * w[71*L + b]  # nightfeed
    w[73*L + b] = w[22*L + b] * w[254*L + b]  # Bn
    w[74*L + b] = (w[73*L + b] - 1) / (1 + w[73*L + b])  # Bs
    w[75*L + b] = pos(w[69*L + b] - w[16*L + b])  # gasx
    w[76*L + b] = w[24*L + b] * w[255*L + b] * (1 + w[203*L + b] * (w[73*L + b] - 1))  # ser
    w[77*L + b] = w[208*L + b] * w[25*L + b] * w[20*L + b]  # lps
    w[78*L + b] = w[122*L + b] * w[28*L + b] + w[123*L + b] * (w[23*L + b] - 1) - w[124*L + b] * w[7*L + b] / (w[7*L + b] + w[125*L + b]) + w[126*L + b] * (w[9*L + b] - w[127*L + b]) + w[128*L + b] * w[129*L + b] * w[75*L + b]  # W
    w[79*L + b] = w[114*L + b] * sig((w[3*L + b] - w[112*L + b] - w[109*L + b] * w[67*L + b] - w[78*L + b]) * w[247*L + b]) * exp(-w[117*L + b] * w[78*L + b])  # kf
    w[80*L + b] = w[120*L + b] * sig((w[118*L + b] + w[109*L + b] * w[67*L + b] + 0.5 * w[78*L + b] - w[3*L + b]) * w[248*L + b])  # kwn
    w[81*L + b] = w[115*L + b] * exp(w[116*L + b] * w[78*L + b]) + w[80*L + b]  # kw
    w[82*L + b] = w[0*L + b] * (w[240*L + b] * w[60*L + b] + w[241*L + b] * w[61*L + b] + w[242*L + b] * w[62*L + b] + w[243*L + b] * w[63*L + b])  # X
    w[83*L + b] = w[147*L + b] * exp(w[82*L + b] + w[154*L + b] * w[68*L + b] * pos(-w[82*L + b])) * (1 + w[150*L + b] * w[91*L + b] + w[151*L + b] * (w[26*L + b] - 1) - w[152*L + b] * w[27*L + b] + w[153*L + b] * w[28*L + b] + w[155*L + b] * w[13*L + b] * w[71*L + b]) + w[148*L + b] * w[12*L + b]  # u
    w[84*L + b] = 1 / (1 + (w[9*L + b] * w[249*L + b])**3)  # gr
    w[85*L + b] = w[83*L + b] * w[84*L + b] / (w[9*L + b] + 0.02)  # x1


@njit(forceinline=True, error_model="numpy", fastmath={"contract", "nsz", "arcp"})
def rates(b: int, w: Lanes) -> None:
    """Fill the rates of change per hour of one lane."""
    w[30*L + b] = -w[96*L + b] * w[0*L + b] + w[230*L + b] * w[0*L + b] * (1 - w[0*L + b]**4) + w[66*L + b] * ((1 - w[0*L + b]**4) * (w[232*L + b] * w[60*L + b] - w[233*L + b] * w[61*L + b]) + w[0*L + b] * (1 - w[0*L + b]**8) * (w[234*L + b] * w[62*L + b] - w[235*L + b] * w[63*L + b]))  # R'
    w[31*L + b] = w[229*L + b] + w[231*L + b] * (1 + w[0*L + b]**4) + w[102*L + b] * w[66*L + b] - w[66*L + b] * ((w[0*L + b]**3 + 1 / w[0*L + b]) * (w[232*L + b] * w[61*L + b] + w[233*L + b] * w[60*L + b]) + (1 + w[0*L + b]**8) * (w[234*L + b] * w[63*L + b] + w[235*L + b] * w[62*L + b]))  # Psi'
    w[32*L + b] = 60 * (w[65*L + b] * (1 - w[2*L + b]) - w[105*L + b] * w[2*L + b])  # n'
    w[33*L + b] = (1 - w[4*L + b]) * (1 - w[3*L + b]) * w[245*L + b] - w[4*L + b] * w[3*L + b] * w[246*L + b]  # S'
    w[34*L + b] = w[87*L + b] * w[79*L + b] * (1 - w[4*L + b]) - w[81*L + b] * w[4*L + b] - (1 - w[87*L + b]) * w[121*L + b] * w[4*L + b]  # pS'
    w[35*L + b] = (1 - w[87*L + b]) * w[121*L + b] * (1 - w[5*L + b]) - w[87*L + b] * w[79*L + b] * w[5*L + b]  # U'
    w[36*L + b] = w[132*L + b] * (1 + w[137*L + b] * (w[76*L + b] - 1)) * w[71*L + b] * pos(1 - w[133*L + b] * w[66*L + b]) - w[130*L + b] * w[6*L + b]  # Hp'
    w[37*L + b] = w[130*L + b] * w[6*L + b] - w[131*L + b] * w[7*L + b]  # Hm'
    w[38*L + b] = w[138*L + b] * (w[85*L + b] * w[10*L + b] * w[84*L + b] - w[8*L + b])  # x2'
    w[39*L + b] = w[139*L + b] * (w[8*L + b] * w[11*L + b] - w[9*L + b])  # x3'
    w[40*L + b] = w[140*L + b] * w[10*L + b] * (w[85*L + b] * w[251*L + b] - 1)  # Pg'
    w[41*L + b] = w[141*L + b] * w[11*L + b] * (w[8*L + b] * w[252*L + b] - 1)  # Ag'
    w[42*L + b] = ((1 - w[87*L + b]) * w[121*L + b] + w[80*L + b]) * w[4*L + b] - w[12*L + b] * w[250*L + b]  # q'
    w[43*L + b] = w[88*L + b] - w[159*L + b] * w[13*L + b]  # G'
    w[44*L + b] = w[89*L + b] - w[159*L + b] * w[14*L + b]  # Gf'
    w[45*L + b] = w[159*L + b] * w[14*L + b] - w[160*L + b] * w[15*L + b] - w[161*L + b] * w[15*L + b] * 0.5 * (w[17*L + b] + w[18*L + b])  # Fi'
    w[46*L + b] = (w[69*L + b] - w[16*L + b]) * w[253*L + b]  # Ad'
    w[47*L + b] = w[17*L + b] * (w[167*L + b] * (w[188*L + b] + w[168*L + b] * (w[69*L + b] - w[163*L + b]) - w[170*L + b] * w[68*L + b] - w[17*L + b]) + w[169*L + b] * (w[70*L + b] - w[165*L + b]))  # NB'
    w[48*L + b] = w[18*L + b] * (w[171*L + b] * (w[189*L + b] + w[172*L + b] * (w[69*L + b] - w[163*L + b]) - w[187*L + b] * w[21*L + b] - w[18*L + b]) + w[173*L + b] * (w[70*L + b] - w[165*L + b]))  # NG'
    w[49*L + b] = w[19*L + b] * (w[174*L + b] * (w[190*L + b] + w[176*L + b] * (w[20*L + b] - 1) - w[19*L + b]) + w[175*L + b] * (w[70*L + b] - w[165*L + b]))  # NH'
    w[50*L + b] = w[20*L + b] * (w[177*L + b] * (w[191*L + b] - w[179*L + b] * (w[69*L + b] - w[163*L + b]) + w[181*L + b] * (w[72*L + b] - w[180*L + b]) + w[182*L + b] * w[68*L + b] + w[183*L + b] * w[91*L + b] - w[184*L + b] * (w[17*L + b] - 1) - w[185*L + b] * (w[18*L + b] - 1) - w[20*L + b]) + w[178*L + b] * (w[70*L + b] - w[165*L + b]))  # NO'
    w[51*L + b] = w[92*L + b] - w[186*L + b] * w[21*L + b]  # NX'
    w[52*L + b] = w[192*L + b] * w[17*L + b] * w[69*L + b] - w[193*L + b] * w[22*L + b]  # Bu'
    w[53*L + b] = w[195*L + b] * w[90*L + b] + w[244*L + b] * w[19*L + b] + w[196*L + b] * w[21*L + b] - w[198*L + b] * w[197*L + b] * w[23*L + b]  # Hi'
    w[54*L + b] = w[200*L + b] * w[199*L + b] * (0.6 + w[70*L + b]) - w[200*L + b] * (1 + w[201*L + b] * (w[26*L + b] - 1) + w[202*L + b] * (w[9*L + b] - 1)) * w[24*L + b]  # Tr'
    w[55*L + b] = (1 + w[205*L + b] * (w[20*L + b] - 1) + w[206*L + b] * w[91*L + b] - w[207*L + b] * w[74*L + b] - w[25*L + b]) * w[256*L + b]  # Pm'
    w[56*L + b] = (1 + w[210*L + b] * (w[77*L + b] - 1) - w[211*L + b] * w[74*L + b] + w[212*L + b] * w[68*L + b] - w[26*L + b]) * w[257*L + b]  # In'
    w[57*L + b] = (w[214*L + b] * (w[215*L + b] * w[74*L + b] + w[216*L + b] * (w[18*L + b] - 1) + w[217*L + b] * w[21*L + b] + w[218*L + b] * w[93*L + b] - w[219*L + b] * (w[26*L + b] - 1) - w[220*L + b] * (w[23*L + b] - 1)) - w[27*L + b]) * w[258*L + b]  # V'
    w[58*L + b] = (w[222*L + b] + w[223*L + b] * w[91*L + b] - w[224*L + b] * w[27*L + b] + w[226*L + b] * (w[26*L + b] - 1) + w[225*L + b] * w[68*L + b] - w[28*L + b]) * w[259*L + b]  # Ar'
    w[59*L + b] = (w[4*L + b] - w[29*L + b]) * w[260*L + b]  # pbar'
