import"./chunk-H3N44OVV.js";var a=`0	😀	grinning face	grinning grinning_face	cheerful cheery grin happy laugh nice smile smiling teeth	
0	😃	grinning face with big eyes	grinning_face_with_big_eyes smiley	awesome grin happy mouth open smile smiling teeth yay	
0	😄	grinning face with smiling eyes	grinning_face_with_closed_eyes smile	eye grin happy laugh lol mouth open	
0	😁	beaming face with smiling eyes	beaming_face grin	eye grinning happy nice smile teeth	
0	😆	grinning squinting face	laughing lol satisfied squinting_face	closed eyes haha hahaha happy laugh mouth open rofl smile smiling	
0	😅	grinning face with sweat	grinning_face_with_sweat sweat_smile	cold dejected excited mouth nervous open smile smiling stress stressed	
0	🤣	rolling on the floor laughing	rofl	crying face funny haha happy hehe hilarious joy laugh lmao lol roflmao tear	
0	😂	face with tears of joy	joy lmao tears_of_joy	crying feels funny haha happy hehe hilarious laugh lol rofl roflmao tear	
0	🙂	slightly smiling face	slightly_smiling_face	happy smile	
0	🙃	upside-down face	upside_down_face	hehe smile	
0	🫠	melting face	melt melting_face	disappear dissolve embarrassed haha heat hot liquid lol sarcasm sarcastic	
0	😉	winking face	wink winking_face	flirt heartbreaker sexy slide tease winks	
0	😊	smiling face with smiling eyes	blush smiling_face_with_closed_eyes	eye glad satisfied smile	
0	😇	smiling face with halo	halo innocent	angel angelic angels blessed fairy fairytale fantasy happy peaceful smile spirit tale	
0	🥰	smiling face with hearts	smiling_face_with_3_hearts	3 adore crush heart ily love romance smile you	
0	😍	smiling face with heart-eyes	heart_eyes smiling_face_with_heart_eyes	143 bae eye feels hearts ily kisses love romance romantic smile xoxo	
0	🤩	star-struck	star_struck	excited eyes face grinning smile star starry-eyed wow	
0	😘	face blowing a kiss	blowing_a_kiss kissing_heart	adorbs bae flirt heart ily love lover miss muah romantic smooch xoxo you	
0	😗	kissing face	kissing kissing_face	143 date dating flirt ily kiss love smooch smooches xoxo you	
0	☺️	smiling face	relaxed smiling_face	happy outlined smile	
0	😚	kissing face with closed eyes	kissing_closed_eyes kissing_face_with_closed_eyes	143 bae blush date dating eye flirt ily kisses smooches xoxo	
0	😙	kissing face with smiling eyes	kissing_face_with_smiling_eyes kissing_smiling_eyes	143 closed date dating eye flirt ily kiss kisses love night smile	
0	🥲	smiling face with tear	smiling_face_with_tear	glad grateful happy joy pain proud relieved smile smiley touched	
0	😋	face savoring food	savoring_food yum	delicious eat full hungry savor smile smiling tasty um yummy	
0	😛	face with tongue	face_with_tongue stuck_out_tongue	awesome cool nice party stuck-out sweet	
0	😜	winking face with tongue	stuck_out_tongue_winking_eye	crazy epic eye funny joke loopy nutty party stuck-out wacky weirdo wink yolo	
0	🤪	zany face	zany zany_face	crazy eye eyes goofy large small	
0	😝	squinting face with tongue	stuck_out_tongue_closed_eyes	closed eye eyes gross horrible omg stuck-out taste whatever yolo	
0	🤑	money-mouth face	money_mouth_face	money mouth paid	
0	🤗	smiling face with open hands	hug hugging hugging_face		
0	🤭	face with hand over mouth	face_with_hand_over_mouth hand_over_mouth	giggle giggling oops realization secret shock sudden surprise whoops	
0	🫢	face with open eyes and hand over mouth	face_with_open_eyes_hand_over_mouth gasp	amazement awe disbelief embarrass omg quiet scared shock surprise	
0	🫣	face with peeking eye	face_with_peeking_eye peek	captivated embarrass hide hiding peep scared shy stare	
0	🤫	shushing face	shush shushing_face	quiet shh	
0	🤔	thinking face	thinking thinking_face wtf	chin consider hmm ponder pondering wondering	
0	🫡	saluting face	salute saluting_face	good luck ma’am ok respect sir troops yes	
0	🤐	zipper-mouth face	zipper_mouth zipper_mouth_face	keep mouth quiet secret shut zip zipper	
0	🤨	face with raised eyebrow	face_with_raised_eyebrow raised_eyebrow	disapproval disbelief distrust emoji hmm mild skeptic skeptical skepticism surprise what	
0	😐️	neutral face	neutral neutral_face	awkward blank deadpan expressionless fine jealous meh oh shade straight unamused unhappy unimpressed whatever	
0	😑	expressionless face	expressionless expressionless_face	awkward dead fine inexpressive jealous meh not oh omg straight uh unhappy unimpressed whatever	
0	😶	face without mouth	no_mouth	awkward blank expressionless mouthless mute quiet secret silence silent speechless	
0	🫥	dotted line face	dotted_line_face	depressed disappear hidden hide introvert invisible meh whatever wtv	
0	😶‍🌫️	face in clouds	in_clouds	absentminded fog head	
0	😏	smirking face	smirk smirking smirking_face	boss dapper flirt homie kidding leer shade slick sly smug snicker suave suspicious swag	
0	😒	unamused face	unamused unamused_face	... bored fine jealous jel jelly pissed smh ugh uhh unhappy weird whatever	
0	🙄	face with rolling eyes	rolling_eyes	eyeroll shade ugh whatever	
0	😬	grimacing face	grimacing grimacing_face	awk awkward dentist grimace grinning smile smiling	
0	😮‍💨	face exhaling	exhale exhaling	blow blowing exhausted gasp groan relief sigh smiley smoke whisper whistle	
0	🤥	lying face	lying lying_face	liar lie pinocchio	
0	🫨	shaking face	shaking shaking_face	crazy daze earthquake omg panic shock surprise vibrate whoa wow	
0	😌	relieved face	relieved relieved_face	calm peace relief zen	
0	😔	pensive face	pensive pensive_face	awful bored dejected died disappointed losing lost sad sucks	
0	😪	sleepy face	sleepy sleepy_face	crying good night sad sleep sleeping tired	
0	🤤	drooling face	drooling drooling_face		
0	😴	sleeping face	sleeping sleeping_face	bed bedtime good goodnight nap night sleep tired whatever yawn zzz	
0	😷	face with medical mask	mask medical_mask	cold dentist dermatologist doctor dr germs medicine sick	
0	🤒	face with thermometer	face_with_thermometer	ill sick	
0	🤕	face with head-bandage	face_with_head_bandage	bandage hurt injury ouch	
0	🤢	nauseated face	nauseated nauseated_face	gross nasty sick vomit	
0	🤮	face vomiting	face_vomiting vomiting	barf ew gross puke sick spew throw up vomit	
0	🤧	sneezing face	sneezing sneezing_face	fever flu gesundheit sick sneeze	
0	🥵	hot face	hot hot_face	dying feverish heat panting red-faced stroke sweating tongue	
0	🥶	cold face	cold cold_face	blue blue-faced freezing frostbite icicles subzero teeth	
0	🥴	woozy face	woozy woozy_face	dizzy drunk eyes intoxicated mouth tipsy uneven wavy	
0	😵	face with crossed-out eyes	dizzy_face knocked_out	dead dizzy feels knocked out sick tired	
0	😵‍💫	face with spiral eyes	dizzy_eyes	confused dizzy hypnotized omg smiley trouble whoa woah woozy	
0	🤯	exploding head	exploding_head	blown explode mind mindblown no shocked way	
0	🤠	cowboy hat face	cowboy cowboy_face	cowgirl	
0	🥳	partying face	hooray partying partying_face	bday birthday celebrate celebration excited happy hat horn party	
0	🥸	disguised face	disguised disguised_face	disguise eyebrow glasses incognito moustache mustache nose person spy tache tash	
0	😎	smiling face with sunglasses	smiling_face_with_sunglasses sunglasses_cool too_cool	awesome beach bright bro chilling cool rad relaxed shades slay smile style swag win	
0	🤓	nerd face	nerd nerd_face	brainy clever expert geek gifted glasses intelligent smart	
0	🧐	face with monocle	face_with_monocle	classy fancy rich stuffy wealthy	
0	😕	confused face	confused confused_face	befuddled confusing dunno frown hm meh not sad sorry sure	
0	🫤	face with diagonal mouth	face_with_diagonal_mouth	confused confusion disappointed doubt doubtful frustrated frustration meh skeptical unsure whatever wtv	
0	😟	worried face	worried worried_face	anxious butterflies nerves nervous sad stress stressed surprised worry	
0	🙁	slightly frowning face	slightly_frowning_face	frown sad	
0	☹️	frowning face	white_frowning_face	frown sad	
0	😮	face with open mouth	face_with_open_mouth open_mouth	believe forgot omg shocked surprised sympathy unbelievable unreal whoa wow you	
0	😯	hushed face	hushed hushed_face	epic omg stunned surprised whoa woah	
0	😲	astonished face	astonished astonished_face	cost no omg shocked totally way	
0	😳	flushed face	flushed flushed_face	amazed awkward crazy dazed dead disbelief embarrassed geez heat hot impressed jeez what wow	
0	🥺	pleading face	pleading pleading_face	begging big eyes mercy not please pretty puppy sad why	
0	🥹	face holding back tears	face_holding_back_tears watery_eyes	admiration aww cry embarrassed feelings grateful gratitude joy please proud resist sad	
0	😦	frowning face with open mouth	frowning frowning_face	caught frown guard scared scary surprise what wow	
0	😧	anguished face	anguished anguished_face	forgot scared scary stressed surprise unhappy what wow	
0	😨	fearful face	fearful fearful_face	afraid anxious blame fear scared worried	
0	😰	anxious face with sweat	anxious anxious_face cold_sweat	blue cold eek mouth nervous open rushed scared yikes	
0	😥	sad but relieved face	disappointed_relieved sad_relieved_face	anxious call close complicated disappointed not sweat time whew	
0	😢	crying face	cry crying_face	awful feels miss sad tear triste unhappy	
0	😭	loudly crying face	loudly_crying_face sob	bawling cry sad tear tears unhappy	
0	😱	face screaming in fear	scream screaming_in_fear	epic fearful munch scared screamer shocked surprised woah	
0	😖	confounded face	confounded confounded_face	annoyed confused cringe distraught feels frustrated mad sad	
0	😣	persevering face	persevere persevering_face	concentrate concentration focus headache	
0	😞	disappointed face	disappointed disappointed_face	awful blame dejected fail losing sad unhappy	
0	😓	downcast face with sweat	downcast_face sweat	close cold feels headache nervous sad scared yikes	
0	😩	weary face	weary weary_face	crying fail feels hungry mad nooo sad sleepy tired unhappy	
0	😫	tired face	tired tired_face	cost feels nap sad sneeze	
0	🥱	yawning face	yawn yawning yawning_face	bedtime bored goodnight nap night sleep sleepy tired whatever zzz	
0	😤	face with steam from nose	nose_steam triumph	anger angry feels fume fuming furious fury mad unhappy won	
0	😡	enraged face	pout pouting_face rage	anger angry feels mad maddening pouting red shade unhappy upset	
0	😠	angry face	angry angry_face	anger blame feels frustrated mad maddening rage shade unhappy upset	
0	🤬	face with symbols on mouth	censored face_with_symbols_on_mouth	censor cursing cussing mad pissed swearing	
0	😈	smiling face with horns	smiling_imp	demon devil evil fairy fairytale fantasy purple shade smile tale	
0	👿	angry face with horns	angry_imp imp	demon devil evil fairy fairytale fantasy mischievous purple shade tale	
0	💀	skull	skull	body dead death face fairy fairytale i’m lmao monster tale yolo	
0	☠️	skull and crossbones	skull_and_crossbones	bone dead death face monster	
0	💩	pile of poo	poop shit	bs comic doo dung face fml monster smelly smh stink stinks stinky turd	
0	🤡	clown face	clown clown_face		
0	👹	ogre	japanese_ogre ogre	creature devil face fairy fairytale fantasy mask monster scary tale	
0	👺	goblin	goblin japanese_goblin	angry creature face fairy fairytale fantasy mask mean monster tale	
0	👻	ghost	ghost	boo creature excited face fairy fairytale fantasy halloween haunting monster scary silly tale	
0	👽️	alien	alien	creature extraterrestrial face fairy fairytale fantasy monster space tale ufo	
0	👾	alien monster	alien_monster space_invader	creature extraterrestrial face fairy fairytale fantasy game gamer games pixelated space tale ufo	
0	🤖	robot	robot robot_face	face monster	
0	😺	grinning cat	grinning_cat smiley_cat	animal face mouth open smile smiling	
0	😸	grinning cat with smiling eyes	grinning_cat_with_closed_eyes smile_cat	animal eye face grin smile	
0	😹	cat with tears of joy	joy_cat tears_of_joy_cat	animal face laugh laughing lol tear	
0	😻	smiling cat with heart-eyes	heart_eyes_cat smiling_cat_with_heart_eyes	animal eye face heart love smile	
0	😼	cat with wry smile	smirk_cat wry_smile_cat	animal face ironic	
0	😽	kissing cat	kissing_cat	animal closed eye eyes face kiss	
0	🙀	weary cat	scream_cat weary_cat	animal face oh surprised	
0	😿	crying cat	crying_cat	animal cry face sad tear	
0	😾	pouting cat	pouting_cat	animal face	
0	🙈	see-no-evil monkey	see_no_evil	embarrassed evil face forbidden forgot gesture hide no omg prohibited scared secret smh watch	
0	🙉	hear-no-evil monkey	hear_no_evil	animal ears evil face forbidden gesture hear listen no not prohibited secret shh tmi	
0	🙊	speak-no-evil monkey	speak_no_evil	animal evil face forbidden gesture no not oops prohibited quiet secret speak stealth	
0	💌	love letter	love_letter	heart mail romance valentine	
0	💘	heart with arrow	cupid heart_with_arrow	143 adorbs date emotion ily love romance valentine	
0	💝	heart with ribbon	gift_heart heart_with_ribbon	143 anniversary emotion ily kisses valentine xoxo	
0	💖	sparkling heart	sparkling_heart	143 emotion excited good ily kisses morning night sparkle xoxo	
0	💗	growing heart	growing_heart heartpulse	143 emotion excited ily kisses muah nervous pulse xoxo	
0	💓	beating heart	beating_heart heartbeat	143 cardio emotion ily love pulsating pulse	
0	💞	revolving hearts	revolving_hearts	143 adorbs anniversary emotion heart	
0	💕	two hearts	two_hearts	143 anniversary date dating emotion heart ily kisses love loving xoxo	
0	💟	heart decoration	heart_decoration	143 emotion hearth purple white	
0	❣️	heart exclamation	heart_exclamation	heavy mark punctuation	
0	💔	broken heart	broken_heart	break crushed emotion heartbroken lonely sad	
0	❤️‍🔥	heart on fire	heart_on_fire	burn love lust sacred	
0	❤️‍🩹	mending heart	mending_heart	healthier improving recovering recuperating well	
0	❤️	red heart	heart red_heart	emotion love	
0	🩷	pink heart	pink_heart	143 adorable cute emotion ily like love special sweet	
0	🧡	orange heart	orange_heart	143	
0	💛	yellow heart	yellow_heart	143 cardiac emotion ily love	
0	💚	green heart	green_heart	143 emotion ily love romantic	
0	💙	blue heart	blue_heart	143 emotion ily love romance	
0	🩵	light blue heart	light_blue_heart	143 cute cyan emotion ily like love sky special teal	
0	💜	purple heart	purple_heart	143 bestest emotion ily love	
0	🤎	brown heart	brown_heart	143	
0	🖤	black heart	black_heart	evil wicked	
0	🩶	grey heart	gray_heart grey_heart	143 emotion gray ily love silver slate special	
0	🤍	white heart	white_heart	143	
0	💋	kiss mark	kiss	dating emotion heart kissing lips romance sexy	
0	💯	hundred points	100	a+ agree clearly definitely faithful fleek full keep perfect point score true truth yup	
0	💢	anger symbol	anger	angry comic mad upset	
0	💥	collision	boom collision	bomb collide comic explode	
0	💫	dizzy	dizzy	comic shining shooting star stars	
0	💦	sweat droplets	sweat_drops	comic drip droplet drops splashing squirt water wet work workout	
0	💨	dashing away	dash dashing_away	cloud comic fart fast go gone gotta running smoke	
0	🕳️	hole	hole		
0	💬	speech balloon	speech_balloon	bubble comic dialog message sms talk text typing	
0	👁️‍🗨️	eye in speech bubble	eye_in_speech_bubble	balloon witness	
0	🗨️	left speech bubble	left_speech_bubble	balloon dialog	
0	🗯️	right anger bubble	right_anger_bubble	angry balloon mad	
0	💭	thought balloon	thought_balloon	bubble cartoon cloud comic daydream decisions dream idea invent invention realize think thoughts wonder	
0	💤	ZZZ	zzz	comic good goodnight night sleep sleeping sleepy tired	
1	👋	waving hand	wave waving_hand	bye cya g2g greetings gtg hello hey hi later outtie ttfn ttyl yo you	1
1	🤚	raised back of hand	raised_back_of_hand	backhand	1
1	🖐️	hand with fingers splayed	raised_hand_with_fingers_splayed	finger raised stop	1
1	✋️	raised hand	high_five raised_hand	5 five high stop	1
1	🖖	vulcan salute	vulcan	finger hand hands	1
1	🫱	rightwards hand	rightwards_hand	handshake hold reach right rightward shake	1
1	🫲	leftwards hand	leftwards_hand	handshake hold left leftward reach shake	1
1	🫳	palm down hand	palm_down	dismiss drop dropped pick shoo up	1
1	🫴	palm up hand	palm_up	beckon catch come hold know lift me offer tell	1
1	🫷	leftwards pushing hand	leftwards_pushing_hand	block five halt high hold leftward pause push refuse slap stop wait	1
1	🫸	rightwards pushing hand	rightwards_pushing_hand	block five halt high hold pause push refuse rightward slap stop wait	1
1	👌	OK hand	ok_hand	awesome bet dope fleek fosho got gotcha legit ok okay pinch rad sure sweet three	1
1	🤌	pinched fingers	pinch pinched_fingers	gesture hand hold huh interrogation patience relax sarcastic ugh what zip	1
1	🤏	pinching hand	pinching_hand	amount bit fingers little small sort	1
1	✌️	victory hand	v victory	peace	1
1	🤞	crossed fingers	fingers_crossed	cross finger hand luck	1
1	🫰	hand with index finger and thumb crossed	hand_with_index_finger_and_thumb_crossed	<3 expensive heart love money snap	1
1	🤟	love-you gesture	love_you_gesture	fingers hand ily love three you	1
1	🤘	sign of the horns	metal sign_of_the_horns	finger hand rock-on	1
1	🤙	call me hand	call_me_hand	hang loose shaka	1
1	👈️	backhand index pointing left	point_left	finger hand point	1
1	👉️	backhand index pointing right	point_right	finger hand point	1
1	👆️	backhand index pointing up	point_up	finger hand point	1
1	🖕	middle finger	middle_finger	hand	1
1	👇️	backhand index pointing down	point_down	finger hand point	1
1	☝️	index pointing up	point_up_2	finger hand point this	1
1	🫵	index pointing at the viewer	point_forward	finger hand poke you	1
1	👍️	thumbs up	+1 thumbsup yes	good hand like thumb	1
1	👎️	thumbs down	-1 no thumbsdown	bad dislike good hand nope thumb	1
1	✊️	raised fist	fist	clenched hand punch solidarity	1
1	👊	oncoming fist	punch	absolutely agree boom bro bruh bump clenched correct hand knuckle pound rock ttyl	1
1	🤛	left-facing fist	left_facing_fist	leftwards	1
1	🤜	right-facing fist	right_facing_fist	rightwards	1
1	👏	clapping hands	clap clapping_hands	applause approval awesome congrats congratulations excited good great hand homie job nice prayed well yay	1
1	🙌	raising hands	raised_hands	celebration gesture hand hooray praise raised	1
1	🫶	heart hands	heart_hands	<3 love you	1
1	👐	open hands	open_hands	hand hug jazz swerve	1
1	🤲	palms up together	palms_up_together	cupped dua hands pray prayer wish	1
1	🤝	handshake	handshake	agreement deal hand meeting shake	1
1	🙏	folded hands	folded_hands pray	appreciate ask beg blessed bow cmon five gesture hand high please thanks thx	1
1	✍️	writing hand	writing_hand	write	1
1	💅	nail polish	nail_care nail_polish	bored care cosmetics done makeup manicure whatever	1
1	🤳	selfie	selfie	camera phone	1
1	💪	flexed biceps	muscle right_bicep	arm beast bench bodybuilder bro curls flex gains gym jacked press ripped strong weightlift	1
1	🦾	mechanical arm	mechanical_arm	accessibility prosthetic	
1	🦿	mechanical leg	mechanical_leg	accessibility prosthetic	
1	🦵	leg	leg	bent foot kick knee limb	1
1	🦶	foot	foot	ankle feet kick stomp	1
1	👂️	ear	ear	body ears hear hearing listen listening sound	1
1	🦻	ear with hearing aid	ear_with_hearing_aid hearing_aid	accessibility hard	1
1	👃	nose	nose	body noses nosey odor smell smells	1
1	🧠	brain	brain	intelligent smart	
1	🫀	anatomical heart	anatomical_heart	beat cardiology heartbeat organ pulse real red	
1	🫁	lungs	lungs	breath breathe exhalation inhalation lung organ respiration	
1	🦷	tooth	tooth	dentist pearly teeth white	
1	🦴	bone	bone	bones dog skeleton wishbone	
1	👀	eyes	eyes	body eye face googly look looking omg peep see seeing	
1	👁️	eye	eye	1 body one	
1	👅	tongue	tongue	body lick slurp	
1	👄	mouth	lips mouth	beauty body kiss kissing lipstick	
1	🫦	biting lip	biting_lip	anxious bite fear flirt flirting kiss lipstick nervous sexy uncomfortable worried worry	
1	👶	baby	baby	babies children goo infant newborn pregnant young	1
1	🧒	child	child	bright-eyed grandchild kid young younger	1
1	👦	boy	boy	bright-eyed child grandson kid son young younger	1
1	👧	girl	girl	bright-eyed child daughter granddaughter kid virgo young younger zodiac	1
1	🧑	person	adult		1
1	👱	person: blond hair	blond_haired	blond-haired human person	1
1	👨	man	man	adult bro	1
1	🧔	person: beard	person_bearded	bearded person whiskers	1
1	🧔‍♂️	man: beard	man_bearded	bearded man whiskers	1
1	🧔‍♀️	woman: beard	woman_bearded	bearded whiskers woman	1
1	👨‍🦰	man: red hair	man_red_haired	adult bro man red hair	1
1	👨‍🦱	man: curly hair	man_curly_haired	adult bro curly hair man	1
1	👨‍🦳	man: white hair	man_white_haired	adult bro man white hair	1
1	👨‍🦲	man: bald	man_bald	adult bro man	1
1	👩	woman	woman	adult lady	1
1	👩‍🦰	woman: red hair	woman_red_haired	adult lady red hair woman	1
1	🧑‍🦰	person: red hair	red_haired	adult person red hair	1
1	👩‍🦱	woman: curly hair	woman_curly_haired	adult curly hair lady woman	1
1	🧑‍🦱	person: curly hair	curly_haired	adult curly hair person	1
1	👩‍🦳	woman: white hair	woman_white_haired	adult lady white hair woman	1
1	🧑‍🦳	person: white hair	white_haired	adult person white hair	1
1	👩‍🦲	woman: bald	woman_bald	adult lady woman	1
1	🧑‍🦲	person: bald	bald	adult person	1
1	👱‍♀️	woman: blond hair	woman_blond_haired	blond-haired blonde woman	1
1	👱‍♂️	man: blond hair	man_blond_haired	blond-haired man	1
1	🧓	older person	older_adult	adult elderly grandparent old wise	1
1	👴	old man	older_man	adult bald elderly gramps grandfather grandpa wise	1
1	👵	old woman	older_woman	adult elderly grandma grandmother granny lady wise	1
1	🙍	person frowning	person_frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset	1
1	🙍‍♂️	man frowning	man_frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset	1
1	🙍‍♀️	woman frowning	woman_frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset	1
1	🙎	person pouting	person_pouting pouting	disappointed downtrodden frown grimace scowl sulk upset whine	1
1	🙎‍♂️	man pouting	man_pouting	disappointed downtrodden frown grimace scowl sulk upset whine	1
1	🙎‍♀️	woman pouting	woman_pouting	disappointed downtrodden frown grimace scowl sulk upset whine	1
1	🙅	person gesturing NO	no_good person_gesturing_no	forbidden gesture hand no not prohibit	1
1	🙅‍♂️	man gesturing NO	man_gesturing_no	forbidden gesture hand no not prohibit	1
1	🙅‍♀️	woman gesturing NO	woman_gesturing_no	forbidden gesture hand no not prohibit	1
1	🙆	person gesturing OK	all_good person_gesturing_ok	exercise gesture hand ok omg	1
1	🙆‍♂️	man gesturing OK	man_gesturing_ok	exercise gesture hand ok omg	1
1	🙆‍♀️	woman gesturing OK	woman_gesturing_ok	exercise gesture hand ok omg	1
1	💁	person tipping hand	person_tipping_hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever	1
1	💁‍♂️	man tipping hand	man_tipping_hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever	1
1	💁‍♀️	woman tipping hand	woman_tipping_hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever	1
1	🙋	person raising hand	person_raising_hand	gesture here know me pick question raise	1
1	🙋‍♂️	man raising hand	man_raising_hand	gesture here know me pick question raise	1
1	🙋‍♀️	woman raising hand	woman_raising_hand	gesture here know me pick question raise	1
1	🧏	deaf person	deaf_person	accessibility ear gesture hear	1
1	🧏‍♂️	deaf man	deaf_man	accessibility ear gesture hear	1
1	🧏‍♀️	deaf woman	deaf_woman	accessibility ear gesture hear	1
1	🙇	person bowing	bow person_bowing	apology ask beg favor forgive gesture meditate meditation pity regret sorry	1
1	🙇‍♂️	man bowing	man_bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry	1
1	🙇‍♀️	woman bowing	woman_bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry	1
1	🤦	person facepalming	facepalm person_facepalming	again bewilder disbelief exasperation no not oh omg shock smh	1
1	🤦‍♂️	man facepalming	man_facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh	1
1	🤦‍♀️	woman facepalming	woman_facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh	1
1	🤷	person shrugging	person_shrugging shrug	doubt dunno guess idk ignorance indifference knows maybe whatever who	1
1	🤷‍♂️	man shrugging	man_shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who	1
1	🤷‍♀️	woman shrugging	woman_shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who	1
1	🧑‍⚕️	health worker	health_worker	doctor healthcare nurse therapist	1
1	👨‍⚕️	man health worker	man_health_worker	doctor healthcare nurse therapist	1
1	👩‍⚕️	woman health worker	woman_health_worker	doctor healthcare nurse therapist	1
1	🧑‍🎓	student	student	graduate	1
1	👨‍🎓	man student	man_student	graduate	1
1	👩‍🎓	woman student	woman_student	graduate	1
1	🧑‍🏫	teacher	teacher	instructor lecturer professor	1
1	👨‍🏫	man teacher	man_teacher	instructor lecturer professor	1
1	👩‍🏫	woman teacher	woman_teacher	instructor lecturer professor	1
1	🧑‍⚖️	judge	judge	justice law scales	1
1	👨‍⚖️	man judge	man_judge	justice law scales	1
1	👩‍⚖️	woman judge	woman_judge	justice law scales	1
1	🧑‍🌾	farmer	farmer	gardener rancher	1
1	👨‍🌾	man farmer	man_farmer	gardener rancher	1
1	👩‍🌾	woman farmer	woman_farmer	gardener rancher	1
1	🧑‍🍳	cook	cook	chef	1
1	👨‍🍳	man cook	man_cook	chef	1
1	👩‍🍳	woman cook	woman_cook	chef	1
1	🧑‍🔧	mechanic	mechanic	electrician plumber tradesperson	1
1	👨‍🔧	man mechanic	man_mechanic	electrician plumber tradesperson	1
1	👩‍🔧	woman mechanic	woman_mechanic	electrician plumber tradesperson	1
1	🧑‍🏭	factory worker	factory_worker	assembly industrial	1
1	👨‍🏭	man factory worker	man_factory_worker	assembly industrial	1
1	👩‍🏭	woman factory worker	woman_factory_worker	assembly industrial	1
1	🧑‍💼	office worker	office_worker	architect business manager white-collar	1
1	👨‍💼	man office worker	man_office_worker	architect business manager white-collar	1
1	👩‍💼	woman office worker	woman_office_worker	architect business manager white-collar	1
1	🧑‍🔬	scientist	scientist	biologist chemist engineer mathematician physicist	1
1	👨‍🔬	man scientist	man_scientist	biologist chemist engineer mathematician physicist	1
1	👩‍🔬	woman scientist	woman_scientist	biologist chemist engineer mathematician physicist	1
1	🧑‍💻	technologist	technologist	coder computer developer inventor software	1
1	👨‍💻	man technologist	man_technologist	coder computer developer inventor software	1
1	👩‍💻	woman technologist	woman_technologist	coder computer developer inventor software	1
1	🧑‍🎤	singer	singer	actor entertainer rock rockstar star	1
1	👨‍🎤	man singer	man_singer	actor entertainer rock rockstar star	1
1	👩‍🎤	woman singer	woman_singer	actor entertainer rock rockstar star	1
1	🧑‍🎨	artist	artist	palette	1
1	👨‍🎨	man artist	man_artist	palette	1
1	👩‍🎨	woman artist	woman_artist	palette	1
1	🧑‍✈️	pilot	pilot	plane	1
1	👨‍✈️	man pilot	man_pilot	plane	1
1	👩‍✈️	woman pilot	woman_pilot	plane	1
1	🧑‍🚀	astronaut	astronaut	rocket space	1
1	👨‍🚀	man astronaut	man_astronaut	rocket space	1
1	👩‍🚀	woman astronaut	woman_astronaut	rocket space	1
1	🧑‍🚒	firefighter	firefighter	fire firetruck	1
1	👨‍🚒	man firefighter	man_firefighter	fire firetruck	1
1	👩‍🚒	woman firefighter	woman_firefighter	fire firetruck	1
1	👮	police officer	cop police_officer	apprehend arrest citation law over pulled undercover	1
1	👮‍♂️	man police officer	man_police_officer	apprehend arrest citation cop law over pulled undercover	1
1	👮‍♀️	woman police officer	woman_police_officer	apprehend arrest citation cop law over pulled undercover	1
1	🕵️	detective	detective	sleuth spy	1
1	🕵️‍♂️	man detective	man_detective	sleuth spy	1
1	🕵️‍♀️	woman detective	woman_detective	sleuth spy	1
1	💂	guard	guard	buckingham helmet london palace	1
1	💂‍♂️	man guard	man_guard	buckingham helmet london palace	1
1	💂‍♀️	woman guard	woman_guard	buckingham helmet london palace	1
1	🥷	ninja	ninja	assassin fight fighter hidden person secret skills sly soldier stealth war	1
1	👷	construction worker	construction_worker	build fix hardhat hat man person rebuild remodel repair work	1
1	👷‍♂️	man construction worker	man_construction_worker	build fix hardhat hat rebuild remodel repair work	1
1	👷‍♀️	woman construction worker	woman_construction_worker	build fix hardhat hat man rebuild remodel repair work	1
1	🫅	person with crown	person_with_crown royalty	monarch noble regal royal	1
1	🤴	prince	prince	crown fairy fairytale fantasy king royal royalty tale	1
1	👸	princess	princess	crown fairy fairytale fantasy queen royal royalty tale	1
1	👳	person wearing turban	person_wearing_turban		1
1	👳‍♂️	man wearing turban	man_wearing_turban		1
1	👳‍♀️	woman wearing turban	woman_wearing_turban		1
1	👲	person with skullcap	person_with_skullcap	cap chinese gua guapi hat mao pi	1
1	🧕	woman with headscarf	woman_with_headscarf	bandana head hijab kerchief mantilla tichel	1
1	🤵	person in tuxedo	person_in_tuxedo	formal wedding	1
1	🤵‍♂️	man in tuxedo	man_in_tuxedo	formal groom wedding	1
1	🤵‍♀️	woman in tuxedo	woman_in_tuxedo	formal wedding	1
1	👰	person with veil	person_with_veil	wedding	1
1	👰‍♂️	man with veil	man_with_veil	wedding	1
1	👰‍♀️	woman with veil	woman_with_veil	bride wedding	1
1	🤰	pregnant woman	pregnant_woman		1
1	🫃	pregnant man	pregnant_man	belly bloated full overeat	1
1	🫄	pregnant person	pregnant_person	belly bloated full overeat stuffed	1
1	🤱	breast-feeding	breast_feeding	baby breast feeding mom mother nursing woman	1
1	👩‍🍼	woman feeding baby	woman_feeding_baby	feed mom mother nanny newborn nursing	1
1	👨‍🍼	man feeding baby	man_feeding_baby	dad father feed nanny newborn nursing	1
1	🧑‍🍼	person feeding baby	person_feeding_baby	feed nanny newborn nursing parent	1
1	👼	baby angel	angel	church face fairy fairytale fantasy tale	1
1	🎅	Santa Claus	santa	celebration christmas claus fairy fantasy father holiday merry tale xmas	1
1	🤶	Mrs. Claus	mrs_claus	celebration christmas claus fairy fantasy holiday merry mother mrs santa tale xmas	1
1	🧑‍🎄	Mx Claus	mx_claus	celebration christmas claus fairy fantasy holiday merry mx santa tale xmas	1
1	🦸	superhero	superhero	good hero superpower	1
1	🦸‍♂️	man superhero	man_superhero	good hero superpower	1
1	🦸‍♀️	woman superhero	woman_superhero	good hero heroine superpower	1
1	🦹	supervillain	supervillain	bad criminal evil superpower villain	1
1	🦹‍♂️	man supervillain	man_supervillain	bad criminal evil superpower villain	1
1	🦹‍♀️	woman supervillain	woman_supervillain	bad criminal evil superpower villain	1
1	🧙	mage	mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard	1
1	🧙‍♂️	man mage	man_mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard	1
1	🧙‍♀️	woman mage	woman_mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard	1
1	🧚	fairy	fairy	fairytale fantasy myth person pixie tale wings	1
1	🧚‍♂️	man fairy	man_fairy	fairytale fantasy myth oberon person pixie puck tale wings	1
1	🧚‍♀️	woman fairy	woman_fairy	fairytale fantasy myth person pixie tale titania wings	1
1	🧛	vampire	vampire	blood dracula fangs halloween scary supernatural teeth undead	1
1	🧛‍♂️	man vampire	man_vampire	blood fangs halloween scary supernatural teeth undead	1
1	🧛‍♀️	woman vampire	woman_vampire	blood fangs halloween scary supernatural teeth undead	1
1	🧜	merperson	merperson	creature fairytale folklore ocean sea siren trident	1
1	🧜‍♂️	merman	merman	creature fairytale folklore neptune ocean poseidon sea siren trident triton	1
1	🧜‍♀️	mermaid	mermaid	creature fairytale folklore merwoman ocean sea siren trident	1
1	🧝	elf	elf	elves enchantment fantasy folklore magic magical myth	1
1	🧝‍♂️	man elf	man_elf	elves enchantment fantasy folklore magic magical myth	1
1	🧝‍♀️	woman elf	woman_elf	elves enchantment fantasy folklore magic magical myth	1
1	🧞	genie	genie	djinn fantasy jinn lamp myth rub wishes	
1	🧞‍♂️	man genie	man_genie	djinn fantasy jinn lamp myth rub wishes	
1	🧞‍♀️	woman genie	woman_genie	djinn fantasy jinn lamp myth rub wishes	
1	🧟	zombie	zombie	apocalypse dead halloween horror scary undead walking	
1	🧟‍♂️	man zombie	man_zombie	apocalypse dead halloween horror scary undead walking	
1	🧟‍♀️	woman zombie	woman_zombie	apocalypse dead halloween horror scary undead walking	
1	🧌	troll	troll	fairy fantasy monster tale trolling	
1	💆	person getting massage	massage person_getting_massage	face headache relax relaxing salon soothe spa tension therapy treatment	1
1	💆‍♂️	man getting massage	man_getting_massage	face headache relax relaxing salon soothe spa tension therapy treatment	1
1	💆‍♀️	woman getting massage	woman_getting_massage	face headache relax relaxing salon soothe spa tension therapy treatment	1
1	💇	person getting haircut	haircut person_getting_haircut	barber beauty chop cosmetology cut groom hair parlor shears style	1
1	💇‍♂️	man getting haircut	man_getting_haircut	barber beauty chop cosmetology cut groom hair parlor person shears style	1
1	💇‍♀️	woman getting haircut	woman_getting_haircut	barber beauty chop cosmetology cut groom hair parlor person shears style	1
1	🚶	person walking	person_walking walking	amble gait hike man pace pedestrian stride stroll walk	1
1	🚶‍♂️	man walking	man_walking	amble gait hike pace pedestrian stride stroll walk	1
1	🚶‍♀️	woman walking	woman_walking	amble gait hike man pace pedestrian stride stroll walk	1
1	🧍	person standing	person_standing standing	stand	1
1	🧍‍♂️	man standing	man_standing	stand	1
1	🧍‍♀️	woman standing	woman_standing	stand	1
1	🧎	person kneeling	kneeling person_kneeling	kneel knees	1
1	🧎‍♂️	man kneeling	man_kneeling	kneel knees	1
1	🧎‍♀️	woman kneeling	woman_kneeling	kneel knees	1
1	🧑‍🦯	person with white cane	person_with_probing_cane person_with_white_cane	accessibility blind probing	1
1	👨‍🦯	man with white cane	man_with_probing_cane man_with_white_cane	accessibility blind probing	1
1	👩‍🦯	woman with white cane	woman_with_probing_cane woman_with_white_cane	accessibility blind probing	1
1	🧑‍🦼	person in motorized wheelchair	person_in_motorized_wheelchair	accessibility	1
1	👨‍🦼	man in motorized wheelchair	man_in_motorized_wheelchair	accessibility	1
1	👩‍🦼	woman in motorized wheelchair	woman_in_motorized_wheelchair	accessibility	1
1	🧑‍🦽	person in manual wheelchair	person_in_manual_wheelchair	accessibility	1
1	👨‍🦽	man in manual wheelchair	man_in_manual_wheelchair	accessibility	1
1	👩‍🦽	woman in manual wheelchair	woman_in_manual_wheelchair	accessibility	1
1	🏃	person running	person_running running	fast hurry marathon move quick race racing run rush speed	1
1	🏃‍♂️	man running	man_running	fast hurry marathon move quick race racing run rush speed	1
1	🏃‍♀️	woman running	woman_running	fast hurry marathon move quick race racing run rush speed	1
1	💃	woman dancing	dancer woman_dancing	dance elegant festive flair flamenco groove let’s salsa tango	1
1	🕺	man dancing	man_dancing	dance dancer elegant festive flair flamenco groove let’s salsa tango	1
1	🕴️	person in suit levitating	levitate levitating person_in_suit_levitating	business	1
1	👯	people with bunny ears	dancers people_with_bunny_ears_partying	bestie bff counterpart dancer double ear identical pair party partying soulmate twin twinsies	1
1	👯‍♂️	men with bunny ears	men_with_bunny_ears_partying	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies	1
1	👯‍♀️	women with bunny ears	women_with_bunny_ears_partying	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies	1
1	🧖	person in steamy room	person_in_steamy_room	day luxurious pamper relax sauna spa steam steambath unwind	1
1	🧖‍♂️	man in steamy room	man_in_steamy_room	day luxurious pamper relax sauna spa steam steambath unwind	1
1	🧖‍♀️	woman in steamy room	woman_in_steamy_room	day luxurious pamper relax sauna spa steam steambath unwind	1
1	🧗	person climbing	climbing person_climbing	climb climber mountain rock scale up	1
1	🧗‍♂️	man climbing	man_climbing	climb climber mountain rock scale up	1
1	🧗‍♀️	woman climbing	woman_climbing	climb climber mountain rock scale up	1
1	🤺	person fencing	fencer fencing person_fencing	sword	
1	🏇	horse racing	horse_racing	jockey racehorse riding sport	1
1	⛷️	skier	person_skiing skier skiing	ski snow	
1	🏂️	snowboarder	person_snowboarding snowboarder snowboarding	ski snow snowboard sport	1
1	🏌️	person golfing	golfer golfing person_golfing	ball birdie caddy driving golf green pga putt range tee	1
1	🏌️‍♂️	man golfing	man_golfing	ball birdie caddy driving golf green pga putt range tee	1
1	🏌️‍♀️	woman golfing	woman_golfing	ball birdie caddy driving golf green pga putt range tee	1
1	🏄️	person surfing	person_surfing surfer surfing	beach ocean sport surf swell waves	1
1	🏄‍♂️	man surfing	man_surfing	beach ocean sport surf surfer swell waves	1
1	🏄‍♀️	woman surfing	woman_surfing	beach ocean person sport surf surfer swell waves	1
1	🚣	person rowing boat	person_rowing_boat rowboat	canoe cruise fishing lake oar paddle raft river row	1
1	🚣‍♂️	man rowing boat	man_rowing_boat	canoe cruise fishing lake oar paddle raft river row rowboat	1
1	🚣‍♀️	woman rowing boat	woman_rowing_boat	canoe cruise fishing lake oar paddle raft river row rowboat	1
1	🏊️	person swimming	person_swimming swimmer swimming	freestyle sport swim triathlon	1
1	🏊‍♂️	man swimming	man_swimming	freestyle sport swim swimmer triathlon	1
1	🏊‍♀️	woman swimming	woman_swimming	freestyle man sport swim swimmer triathlon	1
1	⛹️	person bouncing ball	person_bouncing_ball	athletic basketball championship dribble net player throw	1
1	⛹️‍♂️	man bouncing ball	man_bouncing_ball	athletic basketball championship dribble net player throw	1
1	⛹️‍♀️	woman bouncing ball	woman_bouncing_ball	athletic basketball championship dribble net player throw	1
1	🏋️	person lifting weights	person_lifting_weights weight_lifter weight_lifting	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout	1
1	🏋️‍♂️	man lifting weights	man_lifting_weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout	1
1	🏋️‍♀️	woman lifting weights	woman_lifting_weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout	1
1	🚴	person biking	bicyclist biking person_biking	bicycle bike cycle cyclist riding sport	1
1	🚴‍♂️	man biking	man_biking	bicycle bicyclist bike cycle cyclist riding sport	1
1	🚴‍♀️	woman biking	woman_biking	bicycle bicyclist bike cycle cyclist riding sport	1
1	🚵	person mountain biking	mountain_bicyclist mountain_biking person_mountain_biking	bicycle bicyclist bike cycle cyclist riding sport	1
1	🚵‍♂️	man mountain biking	man_mountain_biking	bicycle bicyclist bike cycle cyclist riding sport	1
1	🚵‍♀️	woman mountain biking	woman_mountain_biking	bicycle bicyclist bike cycle cyclist riding sport	1
1	🤸	person cartwheeling	cartwheeling person_cartwheel	active cartwheel excited flip gymnastics happy somersault	1
1	🤸‍♂️	man cartwheeling	man_cartwheeling	active cartwheel excited flip gymnastics happy somersault	1
1	🤸‍♀️	woman cartwheeling	woman_cartwheeling	active cartwheel excited flip gymnastics happy somersault	1
1	🤼	people wrestling	people_wrestling wrestlers wrestling	combat duel grapple ring tournament wrestle	1
1	🤼‍♂️	men wrestling	men_wrestling	combat duel grapple ring tournament wrestle	1
1	🤼‍♀️	women wrestling	women_wrestling	combat duel grapple ring tournament wrestle	1
1	🤽	person playing water polo	person_playing_water_polo water_polo	sport swimming waterpolo	1
1	🤽‍♂️	man playing water polo	man_playing_water_polo	sport swimming waterpolo	1
1	🤽‍♀️	woman playing water polo	woman_playing_water_polo	sport swimming waterpolo	1
1	🤾	person playing handball	handball person_playing_handball	athletics ball catch chuck hurl lob pitch sport throw toss	1
1	🤾‍♂️	man playing handball	man_playing_handball	athletics ball catch chuck hurl lob pitch sport throw toss	1
1	🤾‍♀️	woman playing handball	woman_playing_handball	athletics ball catch chuck hurl lob pitch sport throw toss	1
1	🤹	person juggling	juggler juggling person_juggling	act balance balancing handle juggle manage multitask skill	1
1	🤹‍♂️	man juggling	man_juggling	act balance balancing handle juggle manage multitask skill	1
1	🤹‍♀️	woman juggling	woman_juggling	act balance balancing handle juggle manage multitask skill	1
1	🧘	person in lotus position	person_in_lotus_position	cross legged legs meditation peace relax serenity yoga yogi zen	1
1	🧘‍♂️	man in lotus position	man_in_lotus_position	cross legged legs meditation peace relax serenity yoga yogi zen	1
1	🧘‍♀️	woman in lotus position	woman_in_lotus_position	cross legged legs meditation peace relax serenity yoga yogi zen	1
1	🛀	person taking bath	bath person_taking_bath	bathtub tub	1
1	🛌	person in bed	person_in_bed sleeping_accommodation	bedtime good goodnight hotel nap night sleep tired zzz	1
1	🧑‍🤝‍🧑	people holding hands	people_holding_hands	bae bestie bff couple dating flirt friends hand hold twins	1
1	👭	women holding hands	two_women_holding_hands	bae bestie bff couple dating flirt friends girls hand hold sisters twins	1
1	👫	woman and man holding hands	couple	bae bestie bff dating flirt friends hand hold twins	1
1	👬	men holding hands	two_men_holding_hands	bae bestie bff boys brothers couple dating flirt friends hand hold twins	1
1	💏	kiss	couple_kiss couplekiss	anniversary babe bae couple date dating heart love mwah person romance together xoxo	1
1	👩‍❤️‍💋‍👨	kiss: woman, man	kiss_mw kiss_wm	anniversary babe bae couple date dating heart kiss love mwah person romance together woman xoxo	1
1	👨‍❤️‍💋‍👨	kiss: man, man	kiss_mm	anniversary babe bae couple date dating heart kiss love mwah person romance together xoxo	1
1	👩‍❤️‍💋‍👩	kiss: woman, woman	kiss_ww	anniversary babe bae couple date dating heart kiss love mwah person romance together xoxo	1
1	💑	couple with heart	couple_with_heart	anniversary babe bae dating kiss love person relationship romance together you	1
1	👩‍❤️‍👨	couple with heart: woman, man	couple_with_heart_mw couple_with_heart_wm	anniversary babe bae dating heart kiss love person relationship romance together woman you	1
1	👨‍❤️‍👨	couple with heart: man, man	couple_with_heart_mm	anniversary babe bae dating heart kiss love person relationship romance together you	1
1	👩‍❤️‍👩	couple with heart: woman, woman	couple_with_heart_ww	anniversary babe bae dating heart kiss love person relationship romance together you	1
1	👨‍👩‍👦	family: man, woman, boy	family_mwb	child family man woman	
1	👨‍👩‍👧	family: man, woman, girl	family_mwg	child family man woman	
1	👨‍👩‍👧‍👦	family: man, woman, girl, boy	family_mwgb	child family girl man woman	
1	👨‍👩‍👦‍👦	family: man, woman, boy, boy	family_mwbb	child family man woman	
1	👨‍👩‍👧‍👧	family: man, woman, girl, girl	family_mwgg	child family man woman	
1	👨‍👨‍👦	family: man, man, boy	family_mmb	child family man	
1	👨‍👨‍👧	family: man, man, girl	family_mmg	child family man	
1	👨‍👨‍👧‍👦	family: man, man, girl, boy	family_mmgb	child family girl man	
1	👨‍👨‍👦‍👦	family: man, man, boy, boy	family_mmbb	child family man	
1	👨‍👨‍👧‍👧	family: man, man, girl, girl	family_mmgg	child family man	
1	👩‍👩‍👦	family: woman, woman, boy	family_wwb	child family woman	
1	👩‍👩‍👧	family: woman, woman, girl	family_wwg	child family woman	
1	👩‍👩‍👧‍👦	family: woman, woman, girl, boy	family_wwgb	child family girl woman	
1	👩‍👩‍👦‍👦	family: woman, woman, boy, boy	family_wwbb	child family woman	
1	👩‍👩‍👧‍👧	family: woman, woman, girl, girl	family_wwgg	child family woman	
1	👨‍👦	family: man, boy	family_mb	child family man	
1	👨‍👦‍👦	family: man, boy, boy	family_mbb	child family man	
1	👨‍👧	family: man, girl	family_mg	child family man	
1	👨‍👧‍👦	family: man, girl, boy	family_mgb	child family girl man	
1	👨‍👧‍👧	family: man, girl, girl	family_mgg	child family man	
1	👩‍👦	family: woman, boy	family_wb	child family woman	
1	👩‍👦‍👦	family: woman, boy, boy	family_wbb	child family woman	
1	👩‍👧	family: woman, girl	family_wg	child family woman	
1	👩‍👧‍👦	family: woman, girl, boy	family_wgb	child family girl woman	
1	👩‍👧‍👧	family: woman, girl, girl	family_wgg	child family woman	
1	🗣️	speaking head	speaking_head	face silhouette speak	
1	👤	bust in silhouette	bust_in_silhouette	mysterious shadow	
1	👥	busts in silhouette	busts_in_silhouette	bff bust everyone friend friends people	
1	🫂	people hugging	people_hugging	comfort embrace farewell friendship goodbye hello hug love thanks	
1	👪️	family	family	child	
1	👣	footprints	footprints	barefoot clothing footprint omw print walk	
3	🐵	monkey face	monkey_face	animal banana	
3	🐒	monkey	monkey	animal banana	
3	🦍	gorilla	gorilla	animal	
3	🦧	orangutan	orangutan	animal ape monkey	
3	🐶	dog face	dog_face	adorbs animal pet puppies puppy	
3	🐕️	dog	dog	animal animals dogs pet	
3	🦮	guide dog	guide_dog	accessibility animal blind	
3	🐕‍🦺	service dog	service_dog	accessibility animal assistance	
3	🐩	poodle	poodle	animal dog fluffy	
3	🐺	wolf	wolf wolf_face	animal face	
3	🦊	fox	fox fox_face	animal face	
3	🦝	raccoon	raccoon	animal curious sly	
3	🐱	cat face	cat_face	animal kitten kitty pet	
3	🐈️	cat	cat	animal animals cats kitten pet	
3	🐈‍⬛	black cat	black_cat	animal feline halloween meow unlucky	
3	🦁	lion	lion lion_face	alpha animal face leo mane order rawr roar safari strong zodiac	
3	🐯	tiger face	tiger_face	animal big cat predator	
3	🐅	tiger	tiger	animal big cat predator zoo	
3	🐆	leopard	leopard	animal big cat predator zoo	
3	🐴	horse face	horse_face	animal dressage equine farm horses	
3	🫎	moose	moose	alces animal antlers elk mammal	
3	🫏	donkey	donkey	animal ass burro hinny mammal mule stubborn	
3	🐎	horse	horse racehorse	animal equestrian farm racing	
3	🦄	unicorn	unicorn unicorn_face	face	
3	🦓	zebra	zebra	animal stripe	
3	🦌	deer	deer	animal	
3	🦬	bison	bison	animal buffalo herd wisent	
3	🐮	cow face	cow_face	animal farm milk moo	
3	🐂	ox	ox	animal animals bull farm taurus zodiac	
3	🐃	water buffalo	water_buffalo	animal zoo	
3	🐄	cow	cow	animal animals farm milk moo	
3	🐷	pig face	pig_face	animal bacon farm pork	
3	🐖	pig	pig	animal bacon farm pork sow	
3	🐗	boar	boar	animal pig	
3	🐽	pig nose	pig_nose	animal face farm smell snout	
3	🐏	ram	ram	animal aries horns male sheep zodiac zoo	
3	🐑	ewe	ewe sheep	animal baa farm female fluffy lamb wool	
3	🐐	goat	goat	animal capricorn farm milk zodiac	
3	🐪	camel	dromedary_camel	animal desert dromedary hump one	
3	🐫	two-hump camel	camel	animal bactrian desert hump two	
3	🦙	llama	llama	alpaca animal guanaco vicuña wool	
3	🦒	giraffe	giraffe	animal spots	
3	🐘	elephant	elephant	animal	
3	🦣	mammoth	mammoth	animal extinction large tusk wooly	
3	🦏	rhinoceros	rhino rhinoceros	animal	
3	🦛	hippopotamus	hippo	animal	
3	🐭	mouse face	mouse_face	animal	
3	🐁	mouse	mouse	animal animals	
3	🐀	rat	rat	animal	
3	🐹	hamster	hamster hamster_face	animal face pet	
3	🐰	rabbit face	rabbit_face	animal bunny pet	
3	🐇	rabbit	rabbit	animal bunny pet	
3	🐿️	chipmunk	chipmunk	animal squirrel	
3	🦫	beaver	beaver	animal dam teeth	
3	🦔	hedgehog	hedgehog	animal spiny	
3	🦇	bat	bat	animal vampire	
3	🐻	bear	bear bear_face	animal face grizzly growl honey	
3	🐻‍❄️	polar bear	polar_bear polar_bear_face	animal arctic white	
3	🐨	koala	koala koala_face	animal australia bear down face marsupial under	
3	🐼	panda	panda panda_face	animal bamboo face	
3	🦥	sloth	sloth	lazy slow	
3	🦦	otter	otter	animal fishing playful	
3	🦨	skunk	skunk	animal stink	
3	🦘	kangaroo	kangaroo	animal joey jump marsupial	
3	🦡	badger	badger	animal honey pester	
3	🐾	paw prints	paw_prints	feet paws print	
3	🦃	turkey	turkey	bird gobble thanksgiving	
3	🐔	chicken	chicken chicken_face	animal bird ornithology	
3	🐓	rooster	rooster	animal bird ornithology	
3	🐣	hatching chick	hatching_chick	animal baby bird egg	
3	🐤	baby chick	baby_chick	animal bird ornithology	
3	🐥	front-facing baby chick	hatched_chick	animal bird newborn ornithology	
3	🐦️	bird	bird bird_face	animal ornithology	
3	🐧	penguin	penguin penguin_face	animal antarctica bird ornithology	
3	🕊️	dove	dove	bird fly ornithology peace	
3	🦅	eagle	eagle	animal bird ornithology	
3	🦆	duck	duck	animal bird ornithology	
3	🦢	swan	swan	animal bird cygnet duckling ornithology ugly	
3	🦉	owl	owl	animal bird ornithology wise	
3	🦤	dodo	dodo	animal bird extinction large ornithology	
3	🪶	feather	feather	bird flight light plumage	
3	🦩	flamingo	flamingo	animal bird flamboyant ornithology tropical	
3	🦚	peacock	peacock	animal bird colorful ornithology ostentatious peahen pretty proud	
3	🦜	parrot	parrot	animal bird ornithology pirate talk	
3	🪽	wing	wing	angelic ascend aviation bird fly flying heavenly mythology soar	
3	🐦‍⬛	black bird	black_bird	animal beak caw corvid crow ornithology raven rook	
3	🪿	goose	goose	animal bird duck flock fowl gaggle gander geese honk ornithology silly	
3	🐸	frog	frog frog_face	animal face	
3	🐊	crocodile	crocodile	animal zoo	
3	🐢	turtle	turtle	animal terrapin tortoise	
3	🦎	lizard	lizard	animal reptile	
3	🐍	snake	snake	animal bearer ophiuchus serpent zodiac	
3	🐲	dragon face	dragon_face	animal fairy fairytale tale	
3	🐉	dragon	dragon	animal fairy fairytale knights tale	
3	🦕	sauropod	sauropod	brachiosaurus brontosaurus dinosaur diplodocus	
3	🦖	T-Rex	t-rex trex	dinosaur rex t tyrannosaurus	
3	🐳	spouting whale	spouting_whale	animal beach face ocean	
3	🐋	whale	whale	animal beach ocean	
3	🐬	dolphin	dolphin	animal beach flipper ocean	
3	🦭	seal	seal	animal lion ocean sea	
3	🐟️	fish	fish	animal dinner fishes fishing pisces zodiac	
3	🐠	tropical fish	tropical_fish	animal fishes	
3	🐡	blowfish	blowfish	animal fish	
3	🦈	shark	shark	animal fish	
3	🐙	octopus	octopus	animal creature ocean	
3	🐚	spiral shell	shell	animal beach conch sea	
3	🪸	coral	coral	change climate ocean reef sea	
3	🪼	jellyfish	jellyfish	animal aquarium burn invertebrate jelly life marine ocean ouch plankton sea sting stinger tentacles	
3	🦀	crab	crab	cancer zodiac	
3	🦞	lobster	lobster	animal bisque claws seafood	
3	🦐	shrimp	shrimp	food shellfish small	
3	🦑	squid	squid	animal food mollusk	
3	🦪	oyster	oyster	diving pearl	
3	🐌	snail	snail	animal escargot garden nature slug	
3	🦋	butterfly	butterfly	insect pretty	
3	🐛	bug	bug	animal garden insect	
3	🐜	ant	ant	animal garden insect	
3	🐝	honeybee	bee	animal bumblebee honey insect nature spring	
3	🪲	beetle	beetle	animal bug insect	
3	🐞	lady beetle	lady_beetle	animal garden insect ladybird ladybug nature	
3	🦗	cricket	cricket	animal bug grasshopper insect orthoptera	
3	🪳	cockroach	cockroach	animal insect pest roach	
3	🕷️	spider	spider	animal insect	
3	🕸️	spider web	spider_web		
3	🦂	scorpion	scorpion	scorpio scorpius zodiac	
3	🦟	mosquito	mosquito	bite disease fever insect malaria pest virus	
3	🪰	fly	fly	animal disease insect maggot pest rotting	
3	🪱	worm	worm	animal annelid earthworm parasite	
3	🦠	microbe	microbe	amoeba bacteria science virus	
3	💐	bouquet	bouquet	anniversary birthday date flower love plant romance	
3	🌸	cherry blossom	cherry_blossom	flower plant spring springtime	
3	💮	white flower	white_flower		
3	🪷	lotus	lotus	beauty buddhism calm flower hinduism peace purity serenity	
3	🏵️	rosette	rosette	plant	
3	🌹	rose	rose	beauty elegant flower love plant red valentine	
3	🥀	wilted flower	wilted_flower	dying	
3	🌺	hibiscus	hibiscus	flower plant	
3	🌻	sunflower	sunflower	flower outdoors plant sun	
3	🌼	blossom	blossom	buttercup dandelion flower plant	
3	🌷	tulip	tulip	blossom flower growth plant	
3	🪻	hyacinth	hyacinth	bloom bluebonnet flower indigo lavender lilac lupine plant purple shrub snapdragon spring violet	
3	🌱	seedling	seedling	plant sapling sprout young	
3	🪴	potted plant	potted_plant	decor grow house nurturing pot	
3	🌲	evergreen tree	evergreen_tree	christmas forest pine	
3	🌳	deciduous tree	deciduous_tree	forest green habitat shedding	
3	🌴	palm tree	palm_tree	beach plant tropical	
3	🌵	cactus	cactus	desert drought nature plant	
3	🌾	sheaf of rice	ear_of_rice sheaf_of_rice	ear grain grains plant	
3	🌿	herb	herb	leaf plant	
3	☘️	shamrock	shamrock	irish plant	
3	🍀	four leaf clover	four_leaf_clover	4 four-leaf irish lucky plant	
3	🍁	maple leaf	maple_leaf	falling	
3	🍂	fallen leaf	fallen_leaf	autumn fall falling	
3	🍃	leaf fluttering in wind	leaves	blow flutter	
3	🪹	empty nest	empty_nest nest	branch home nesting	
3	🪺	nest with eggs	nest_with_eggs	bird branch egg nesting	
3	🍄	mushroom	mushroom	fungus toadstool	
4	🍇	grapes	grapes	dionysus fruit grape	
4	🍈	melon	melon	cantaloupe fruit	
4	🍉	watermelon	watermelon	fruit	
4	🍊	tangerine	orange tangerine	c citrus fruit nectarine vitamin	
4	🍋	lemon	lemon	citrus fruit sour	
4	🍌	banana	banana	fruit potassium	
4	🍍	pineapple	pineapple	colada fruit pina tropical	
4	🥭	mango	mango	food fruit tropical	
4	🍎	red apple	apple red_apple	diet food fruit health ripe	
4	🍏	green apple	green_apple	fruit	
4	🍐	pear	pear	fruit	
4	🍑	peach	peach	fruit	
4	🍒	cherries	cherries	berries cherry fruit red	
4	🍓	strawberry	strawberry	berry fruit	
4	🫐	blueberries	blueberries	berries berry bilberry blue blueberry food fruit	
4	🥝	kiwi fruit	kiwi	food	
4	🍅	tomato	tomato	food fruit vegetable	
4	🫒	olive	olive	food	
4	🥥	coconut	coconut	colada palm piña	
4	🥑	avocado	avocado	food fruit	
4	🍆	eggplant	eggplant	aubergine vegetable	
4	🥔	potato	potato	food vegetable	
4	🥕	carrot	carrot	food vegetable	
4	🌽	ear of corn	corn ear_of_corn	crops farm maize maze	
4	🌶️	hot pepper	hot_pepper		
4	🫑	bell pepper	bell_pepper	capsicum food vegetable	
4	🥒	cucumber	cucumber	food pickle vegetable	
4	🥬	leafy green	leafy_green	bok burgers cabbage choy kale lettuce salad	
4	🥦	broccoli	broccoli	cabbage wild	
4	🧄	garlic	garlic	flavoring	
4	🧅	onion	onion	flavoring	
4	🥜	peanuts	peanuts	food nut peanut vegetable	
4	🫘	beans	beans	food kidney legume small	
4	🌰	chestnut	chestnut	almond plant	
4	🫚	ginger root	ginger	beer health herb natural spice	
4	🫛	pea pod	pea	beans beanstalk edamame legume soybean vegetable veggie	
4	🍞	bread	bread	carbs food grain loaf restaurant toast wheat	
4	🥐	croissant	croissant	bread breakfast crescent food french roll	
4	🥖	baguette bread	baguette_bread	food french	
4	🫓	flatbread	flatbread	arepa bread food gordita lavash naan pita	
4	🥨	pretzel	pretzel	convoluted twisted	
4	🥯	bagel	bagel	bakery bread breakfast schmear	
4	🥞	pancakes	pancakes	breakfast crêpe food hotcake pancake	
4	🧇	waffle	waffle	breakfast indecisive iron	
4	🧀	cheese wedge	cheese		
4	🍖	meat on bone	meat_on_bone		
4	🍗	poultry leg	poultry_leg	bone chicken drumstick hungry turkey	
4	🥩	cut of meat	cut_of_meat	chop lambchop porkchop red steak	
4	🥓	bacon	bacon	breakfast food meat	
4	🍔	hamburger	hamburger	burger eat fast food hungry	
4	🍟	french fries	french_fries fries	fast food	
4	🍕	pizza	pizza	cheese food hungry pepperoni slice	
4	🌭	hot dog	hotdog	frankfurter sausage	
4	🥪	sandwich	sandwich	bread	
4	🌮	taco	taco	mexican	
4	🌯	burrito	burrito	mexican wrap	
4	🫔	tamale	tamale	food mexican pamonha wrapped	
4	🥙	stuffed flatbread	stuffed_flatbread	falafel food gyro kebab	
4	🧆	falafel	falafel	chickpea meatball	
4	🥚	egg	egg	breakfast food	
4	🍳	cooking	cooking fried_egg	breakfast easy egg fry frying over pan restaurant side sunny up	
4	🥘	shallow pan of food	shallow_pan_of_food	casserole paella	
4	🍲	pot of food	pot_of_food stew	soup	
4	🫕	fondue	fondue	cheese chocolate food melted pot ski	
4	🥣	bowl with spoon	bowl_with_spoon	breakfast cereal congee oatmeal porridge	
4	🥗	green salad	green_salad salad	food	
4	🍿	popcorn	popcorn	corn movie pop	
4	🧈	butter	butter	dairy	
4	🧂	salt	salt	condiment flavor mad salty shaker taste upset	
4	🥫	canned food	canned_food	can	
4	🍱	bento box	bento bento_box	food	
4	🍘	rice cracker	rice_cracker	food	
4	🍙	rice ball	rice_ball	food japanese	
4	🍚	cooked rice	cooked_rice rice	food	
4	🍛	curry rice	curry curry_rice	food	
4	🍜	steaming bowl	ramen steaming_bowl	chopsticks food noodle pho soup	
4	🍝	spaghetti	spaghetti	food meatballs pasta restaurant	
4	🍠	roasted sweet potato	sweet_potato	food	
4	🍢	oden	oden	food kebab restaurant seafood skewer stick	
4	🍣	sushi	sushi	food	
4	🍤	fried shrimp	fried_shrimp	prawn tempura	
4	🍥	fish cake with swirl	fish_cake	food pastry restaurant	
4	🥮	moon cake	moon_cake	autumn festival yuèbǐng	
4	🍡	dango	dango	dessert japanese skewer stick sweet	
4	🥟	dumpling	dumpling	empanada gyōza jiaozi pierogi potsticker	
4	🥠	fortune cookie	fortune_cookie	prophecy	
4	🥡	takeout box	takeout_box	chopsticks delivery food oyster pail	
4	🍦	soft ice cream	icecream soft_serve	dessert food restaurant serve sweet	
4	🍧	shaved ice	shaved_ice	dessert restaurant sweet	
4	🍨	ice cream	ice_cream	dessert food restaurant sweet	
4	🍩	doughnut	doughnut	breakfast dessert donut food sweet	
4	🍪	cookie	cookie	chip chocolate dessert sweet	
4	🎂	birthday cake	birthday birthday_cake	bday celebration dessert happy pastry sweet	
4	🍰	shortcake	cake shortcake	dessert pastry slice sweet	
4	🧁	cupcake	cupcake	bakery dessert sprinkles sugar sweet treat	
4	🥧	pie	pie	apple filling fruit meat pastry pumpkin slice	
4	🍫	chocolate bar	chocolate_bar	candy dessert halloween sweet tooth	
4	🍬	candy	candy	cavities dessert halloween restaurant sweet tooth wrapper	
4	🍭	lollipop	lollipop	candy dessert food restaurant sweet	
4	🍮	custard	custard	dessert pudding sweet	
4	🍯	honey pot	honey_pot	barrel bear food honeypot jar sweet	
4	🍼	baby bottle	baby_bottle	babies birth born drink infant milk newborn	
4	🥛	glass of milk	glass_of_milk milk	drink	
4	☕️	hot beverage	coffee	cafe caffeine chai drink morning steaming tea	
4	🫖	teapot	teapot	brew drink food pot tea	
4	🍵	teacup without handle	tea	beverage cup drink oolong	
4	🍶	sake	sake	bar beverage bottle cup drink restaurant	
4	🍾	bottle with popping cork	champagne	bar drink	
4	🍷	wine glass	wine_glass	alcohol bar beverage booze club drink drinking drinks restaurant	
4	🍸️	cocktail glass	cocktail	alcohol bar booze club drink drinking drinks mad martini men	
4	🍹	tropical drink	tropical_drink	alcohol bar booze club cocktail drinking drinks drunk mai party tai tropics	
4	🍺	beer mug	beer	alcohol ale bar booze drink drinking drinks octoberfest oktoberfest pint stein summer	
4	🍻	clinking beer mugs	beers	alcohol bar booze bottoms cheers clink drinking drinks	
4	🥂	clinking glasses	clinking_glasses	celebrate clink drink glass	
4	🥃	tumbler glass	tumbler_glass whisky	liquor scotch shot whiskey	
4	🫗	pouring liquid	pour pouring_liquid	accident drink empty glass oops spill water	
4	🥤	cup with straw	cup_with_straw	drink juice malt soda soft water	
4	🧋	bubble tea	boba_drink bubble_tea	boba food milk pearl	
4	🧃	beverage box	beverage_box juice_box	juice straw sweet	
4	🧉	mate	mate	drink	
4	🧊	ice	ice ice_cube	cold cube iceberg	
4	🥢	chopsticks	chopsticks	hashi jeotgarak kuaizi	
4	🍽️	fork and knife with plate	fork_knife_plate	cooking dinner eat	
4	🍴	fork and knife	fork_and_knife	breakfast breaky cooking cutlery delicious dinner eat feed food hungry lunch restaurant yum yummy	
4	🥄	spoon	spoon	eat tableware	
4	🔪	kitchen knife	knife	chef cooking hocho tool weapon	
4	🫙	jar	jar	condiment container empty nothing sauce store	
4	🏺	amphora	amphora	aquarius cooking drink jug tool weapon zodiac	
5	🌍️	globe showing Europe-Africa	earth_africa earth_europe	africa earth europe europe-africa world	
5	🌎️	globe showing Americas	earth_americas	americas earth world	
5	🌏️	globe showing Asia-Australia	earth_asia	asia asia-australia australia earth world	
5	🌐	globe with meridians	globe_with_meridians	earth internet web world worldwide	
5	🗺️	world map	world_map		
5	🗾	map of Japan	japan_map	japan	
5	🧭	compass	compass	direction magnetic navigation orienteering	
5	🏔️	snow-capped mountain	mountain_snow	cold snow	
5	⛰️	mountain	mountain		
5	🌋	volcano	volcano	eruption mountain nature	
5	🗻	mount fuji	mount_fuji	mountain nature	
5	🏕️	camping	camping		
5	🏖️	beach with umbrella	beach beach_with_umbrella		
5	🏜️	desert	desert		
5	🏝️	desert island	desert_island island		
5	🏞️	national park	national_park		
5	🏟️	stadium	stadium		
5	🏛️	classical building	classical_building		
5	🏗️	building construction	building_construction construction_site	crane	
5	🧱	brick	bricks	clay mortar wall	
5	🪨	rock	rock	boulder heavy solid stone tough	
5	🪵	wood	wood	log lumber timber	
5	🛖	hut	hut	home house roundhouse shelter yurt	
5	🏘️	houses	homes houses	house	
5	🏚️	derelict house	derelict_house house_abandoned	home	
5	🏠️	house	house	building country heart home ranch settle simple suburban suburbia where	
5	🏡	house with garden	house_with_garden	building country heart home ranch settle simple suburban suburbia where	
5	🏢	office building	office	city cubical job	
5	🏣	Japanese post office	post_office	building japanese	
5	🏤	post office	european_post_office	building european	
5	🏥	hospital	hospital	building doctor medicine	
5	🏦	bank	bank	building	
5	🏨	hotel	hotel	building	
5	🏩	love hotel	love_hotel	building	
5	🏪	convenience store	convenience_store	24 building hours	
5	🏫	school	school	building	
5	🏬	department store	department_store	building	
5	🏭️	factory	factory	building	
5	🏯	Japanese castle	japanese_castle	building japanese	
5	🏰	castle	castle european_castle	building european	
5	💒	wedding	wedding	chapel hitched nuptials romance	
5	🗼	Tokyo tower	tokyo_tower	tokyo	
5	🗽	Statue of Liberty	statue_of_liberty	liberty new ny nyc statue york	
5	⛪️	church	church	bless chapel christian cross religion	
5	🕌	mosque	mosque	islam masjid muslim religion	
5	🛕	hindu temple	hindu_temple		
5	🕍	synagogue	synagogue	jew jewish judaism religion temple	
5	⛩️	shinto shrine	shinto_shrine	religion	
5	🕋	kaaba	kaaba	hajj islam muslim religion umrah	
5	⛲️	fountain	fountain		
5	⛺️	tent	tent	camping	
5	🌁	foggy	foggy	fog	
5	🌃	night with stars	night_with_stars	star	
5	🏙️	cityscape	cityscape	city	
5	🌄	sunrise over mountains	sunrise_over_mountains	morning sun	
5	🌅	sunrise	sunrise	morning nature sun	
5	🌆	cityscape at dusk	city_dusk	building city evening landscape sun sunset	
5	🌇	sunset	city_sunrise city_sunset	building dusk sun	
5	🌉	bridge at night	bridge_at_night		
5	♨️	hot springs	hotsprings	steaming	
5	🎠	carousel horse	carousel_horse	entertainment	
5	🛝	playground slide	playground_slide slide	amusement park play playing sliding theme	
5	🎡	ferris wheel	ferris_wheel	amusement park theme	
5	🎢	roller coaster	roller_coaster	amusement park theme	
5	💈	barber pole	barber barber_pole	cut fresh haircut shave	
5	🎪	circus tent	circus_tent		
5	🚂	locomotive	steam_locomotive	caboose engine railway steam train trains travel	
5	🚃	railway car	railway_car	electric train tram travel trolleybus	
5	🚄	high-speed train	bullettrain_side	railway shinkansen speed	
5	🚅	bullet train	bullettrain_front	high-speed nose railway shinkansen speed travel	
5	🚆	train	train	arrived choo railway	
5	🚇️	metro	metro	subway travel	
5	🚈	light rail	light_rail	arrived monorail railway	
5	🚉	station	station	railway train	
5	🚊	tram	tram	trolleybus	
5	🚝	monorail	monorail	vehicle	
5	🚞	mountain railway	mountain_railway	car trip	
5	🚋	tram car	tram_car	bus trolley trolleybus	
5	🚌	bus	bus	school vehicle	
5	🚍️	oncoming bus	oncoming_bus	cars	
5	🚎	trolleybus	trolleybus	bus tram trolley	
5	🚐	minibus	minibus	bus drive van vehicle	
5	🚑️	ambulance	ambulance	emergency vehicle	
5	🚒	fire engine	fire_engine	truck	
5	🚓	police car	police_car	5–0 cops patrol	
5	🚔️	oncoming police car	oncoming_police_car		
5	🚕	taxi	taxi	cab cabbie car drive vehicle yellow	
5	🚖	oncoming taxi	oncoming_taxi	cab cabbie cars drove hail yellow	
5	🚗	automobile	car red_car	driving vehicle	
5	🚘️	oncoming automobile	oncoming_automobile	car cars drove vehicle	
5	🚙	sport utility vehicle	blue_car suv	car drive recreational sportutility	
5	🛻	pickup truck	pickup_truck	automobile car flatbed pick-up transportation	
5	🚚	delivery truck	delivery_truck truck	car drive vehicle	
5	🚛	articulated lorry	articulated_lorry	car drive move semi truck vehicle	
5	🚜	tractor	tractor	vehicle	
5	🏎️	racing car	racing_car	zoom	
5	🏍️	motorcycle	motorcycle	racing	
5	🛵	motor scooter	motor_scooter		
5	🦽	manual wheelchair	manual_wheelchair	accessibility	
5	🦼	motorized wheelchair	motorized_wheelchair	accessibility	
5	🛺	auto rickshaw	auto_rickshaw	tuk	
5	🚲️	bicycle	bicycle bike	class cycle cycling cyclist gang ride spin spinning	
5	🛴	kick scooter	scooter		
5	🛹	skateboard	skateboard	board skate skater wheels	
5	🛼	roller skate	roller_skate	blades skates sport	
5	🚏	bus stop	busstop		
5	🛣️	motorway	motorway	highway road	
5	🛤️	railway track	railway_track	train	
5	🛢️	oil drum	oil_drum		
5	⛽️	fuel pump	fuelpump	diesel gas gasoline station	
5	🛞	wheel	wheel	car circle tire turn vehicle	
5	🚨	police car light	rotating_light	alarm alert beacon emergency revolving siren	
5	🚥	horizontal traffic light	traffic_light	intersection signal stop stoplight	
5	🚦	vertical traffic light	vertical_traffic_light	drove intersection signal stop stoplight	
5	🛑	stop sign	octagonal_sign stop_sign	octagonal	
5	🚧	construction	construction	barrier	
5	⚓️	anchor	anchor	ship tool	
5	🛟	ring buoy	lifebuoy ring_buoy	float life lifesaver preserver rescue safety save saver swim	
5	⛵️	sailboat	sailboat	boat resort sailing sea yacht	
5	🛶	canoe	canoe	boat	
5	🚤	speedboat	speedboat	billionaire boat lake luxury millionaire summer travel	
5	🛳️	passenger ship	cruise_ship passenger_ship		
5	⛴️	ferry	ferry	boat passenger	
5	🛥️	motor boat	motorboat		
5	🚢	ship	ship	boat passenger travel	
5	✈️	airplane	airplane	aeroplane fly flying jet plane travel	
5	🛩️	small airplane	small_airplane	aeroplane plane	
5	🛫	airplane departure	airplane_departure	aeroplane check-in departures plane	
5	🛬	airplane arrival	airplane_arriving	aeroplane arrivals arriving landing plane	
5	🪂	parachute	parachute	hang-glide parasail skydive	
5	💺	seat	seat	chair	
5	🚁	helicopter	helicopter	copter roflcopter travel vehicle	
5	🚟	suspension railway	suspension_railway		
5	🚠	mountain cableway	mountain_cableway	cable gondola lift ski	
5	🚡	aerial tramway	aerial_tramway	cable car gondola ropeway	
5	🛰️	satellite	satellite	space	
5	🚀	rocket	rocket	launch rockets space travel	
5	🛸	flying saucer	flying_saucer	aliens extra terrestrial ufo	
5	🛎️	bellhop bell	bellhop	hotel	
5	🧳	luggage	luggage	bag packing roller suitcase travel	
5	⌛️	hourglass done	hourglass	sand time timer	
5	⏳️	hourglass not done	hourglass_flowing_sand	flowing hours sand timer waiting yolo	
5	⌚️	watch	watch	clock time	
5	⏰️	alarm clock	alarm_clock	hours hrs late time waiting	
5	⏱️	stopwatch	stopwatch	clock time	
5	⏲️	timer clock	timer_clock		
5	🕰️	mantelpiece clock	clock	time	
5	🕛️	twelve o’clock	clock12	12 12:00 clock time	
5	🕧️	twelve-thirty	clock1230	12 12:30 30 clock thirty time twelve	
5	🕐️	one o’clock	clock1	1 1:00 clock time	
5	🕜️	one-thirty	clock130	1 1:30 30 clock one thirty time	
5	🕑️	two o’clock	clock2	2 2:00 clock time	
5	🕝️	two-thirty	clock230	2 2:30 30 clock thirty time two	
5	🕒️	three o’clock	clock3	3 3:00 clock time	
5	🕞️	three-thirty	clock330	3 30 3:30 clock thirty three time	
5	🕓️	four o’clock	clock4	4 4:00 clock time	
5	🕟️	four-thirty	clock430	30 4 4:30 clock four thirty time	
5	🕔️	five o’clock	clock5	5 5:00 clock time	
5	🕠️	five-thirty	clock530	30 5 5:30 clock five thirty time	
5	🕕️	six o’clock	clock6	6 6:00 clock time	
5	🕡️	six-thirty	clock630	30 6 6:30 clock six thirty	
5	🕖️	seven o’clock	clock7	0 7 7:00 clock	
5	🕢️	seven-thirty	clock730	30 7 7:30 clock seven thirty	
5	🕗️	eight o’clock	clock8	8 8:00 clock time	
5	🕣️	eight-thirty	clock830	30 8 8:30 clock eight thirty time	
5	🕘️	nine o’clock	clock9	9 9:00 clock time	
5	🕤️	nine-thirty	clock930	30 9 9:30 clock nine thirty time	
5	🕙️	ten o’clock	clock10	0 10 10:00 clock	
5	🕥️	ten-thirty	clock1030	10 10:30 30 clock ten thirty time	
5	🕚️	eleven o’clock	clock11	11 11:00 clock time	
5	🕦️	eleven-thirty	clock1130	11 11:30 30 clock eleven thirty time	
5	🌑	new moon	new_moon	dark space	
5	🌒	waxing crescent moon	waxing_crescent_moon	dreams space	
5	🌓	first quarter moon	first_quarter_moon	space	
5	🌔	waxing gibbous moon	waxing_gibbous_moon	space	
5	🌕️	full moon	full_moon	space	
5	🌖	waning gibbous moon	waning_gibbous_moon	space	
5	🌗	last quarter moon	last_quarter_moon	space	
5	🌘	waning crescent moon	waning_crescent_moon	space	
5	🌙	crescent moon	crescent_moon	ramadan space	
5	🌚	new moon face	new_moon_with_face	space	
5	🌛	first quarter moon face	first_quarter_moon_with_face	space	
5	🌜️	last quarter moon face	last_quarter_moon_with_face	dreams	
5	🌡️	thermometer	thermometer	weather	
5	☀️	sun	sun	bright rays space sunny weather	
5	🌝	full moon face	full_moon_with_face	bright	
5	🌞	sun with face	sun_with_face	beach bright day heat shine sunny sunshine weather	
5	🪐	ringed planet	ringed_planet saturn	saturnine	
5	⭐️	star	star	astronomy medium stars white	
5	🌟	glowing star	glowing_star star2	glittery glow night shining sparkle win	
5	🌠	shooting star	shooting_star stars	falling night space	
5	🌌	milky way	milky_way	space	
5	☁️	cloud	cloud	weather	
5	⛅️	sun behind cloud	partly_sunny sun_behind_cloud	cloudy weather	
5	⛈️	cloud with lightning and rain	stormy thunder_cloud_and_rain	thunder thunderstorm	
5	🌤️	sun behind small cloud	sun_behind_small_cloud sunny	weather	
5	🌥️	sun behind large cloud	cloudy sun_behind_large_cloud	weather	
5	🌦️	sun behind rain cloud	sun_and_rain sun_behind_rain_cloud	weather	
5	🌧️	cloud with rain	cloud_with_rain rainy	weather	
5	🌨️	cloud with snow	cloud_with_snow snowy	cold weather	
5	🌩️	cloud with lightning	cloud_with_lightning lightning	weather	
5	🌪️	tornado	tornado	cloud weather whirlwind	
5	🌫️	fog	fog	cloud weather	
5	🌬️	wind face	wind_blowing_face	blow cloud	
5	🌀	cyclone	cyclone	dizzy hurricane twister typhoon weather	
5	🌈	rainbow	rainbow	gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia nature pride queer rain trans transgender weather	
5	🌂	closed umbrella	closed_umbrella	clothing rain	
5	☂️	umbrella	umbrella	clothing rain	
5	☔️	umbrella with rain drops	umbrella_with_rain	clothing drop weather	
5	⛱️	umbrella on ground	beach_umbrella umbrella_on_ground	rain sun	
5	⚡️	high voltage	high_voltage zap	danger electric electricity lightning nature thunder thunderbolt	
5	❄️	snowflake	snowflake	cold snow weather	
5	☃️	snowman	snowman2	cold man snow	
5	⛄️	snowman without snow	snowman	cold man	
5	☄️	comet	comet	space	
5	🔥	fire	fire	af burn flame hot lit litaf tool	
5	💧	droplet	droplet	cold comic drop nature sad sweat tear water weather	
5	🌊	water wave	ocean water_wave	nature surf surfer surfing	
6	🎃	jack-o-lantern	jack_o_lantern	celebration halloween jack lantern pumpkin	
6	🎄	Christmas tree	christmas_tree	celebration christmas	
6	🎆	fireworks	fireworks	boom celebration entertainment yolo	
6	🎇	sparkler	sparkler	boom celebration fireworks sparkle	
6	🧨	firecracker	firecracker	dynamite explosive fire fireworks light pop popping spark	
6	✨️	sparkles	sparkles	* magic sparkle star	
6	🎈	balloon	balloon	birthday celebrate celebration	
6	🎉	party popper	party party_popper tada	awesome birthday celebrate celebration excited hooray woohoo	
6	🎊	confetti ball	confetti_ball	celebrate celebration party woohoo	
6	🎋	tanabata tree	tanabata_tree	banner celebration japanese	
6	🎍	pine decoration	bamboo	celebration japanese plant	
6	🎎	Japanese dolls	dolls	celebration doll festival japanese	
6	🎏	carp streamer	carp_streamer flags	celebration	
6	🎐	wind chime	wind_chime	bell celebration	
6	🎑	moon viewing ceremony	moon_ceremony rice_scene	celebration	
6	🧧	red envelope	red_envelope	gift good hóngbāo lai luck money see	
6	🎀	ribbon	ribbon	celebration	
6	🎁	wrapped gift	gift	birthday bow box celebration christmas present surprise	
6	🎗️	reminder ribbon	reminder_ribbon	celebration	
6	🎟️	admission tickets	admission_tickets tickets	ticket	
6	🎫	ticket	ticket	admission stub	
6	🎖️	military medal	military_medal	award celebration	
6	🏆️	trophy	trophy	champion champs prize slay sport victory win winning	
6	🏅	sports medal	sports_medal	award gold winner	
6	🥇	1st place medal	1st first_place_medal	first gold	
6	🥈	2nd place medal	2nd second_place_medal	second silver	
6	🥉	3rd place medal	3rd third_place_medal	bronze third	
6	⚽️	soccer ball	soccer	football futbol sport	
6	⚾️	baseball	baseball	ball sport	
6	🥎	softball	softball	ball glove sports underarm	
6	🏀	basketball	basketball	ball hoop sport	
6	🏐	volleyball	volleyball	ball game	
6	🏈	american football	football	ball bowl sport super	
6	🏉	rugby football	rugby_football	ball sport	
6	🎾	tennis	tennis	ball racquet sport	
6	🥏	flying disc	flying_disc	ultimate	
6	🎳	bowling	bowling	ball game sport strike	
6	🏏	cricket game	cricket_game	ball bat	
6	🏑	field hockey	field_hockey	ball game stick	
6	🏒	ice hockey	hockey	game puck stick	
6	🥍	lacrosse	lacrosse	ball goal sports stick	
6	🏓	ping pong	ping_pong	ball bat game paddle pingpong table tennis	
6	🏸	badminton	badminton	birdie game racquet shuttlecock	
6	🥊	boxing glove	boxing_glove		
6	🥋	martial arts uniform	martial_arts_uniform	judo karate taekwondo	
6	🥅	goal net	goal_net		
6	⛳️	flag in hole	golf	sport	
6	⛸️	ice skate	ice_skate	skating	
6	🎣	fishing pole	fishing_pole fishing_pole_and_fish	entertainment fish sport	
6	🤿	diving mask	diving_mask	scuba snorkeling	
6	🎽	running shirt	running_shirt running_shirt_with_sash	athletics sash	
6	🎿	skis	ski	snow sport	
6	🛷	sled	sled	luge sledge sleigh snow toboggan	
6	🥌	curling stone	curling_stone	game rock	
6	🎯	bullseye	bullseye dart direct_hit	bull direct entertainment game hit target	
6	🪀	yo-yo	yo_yo	fluctuate toy	
6	🪁	kite	kite	fly soar	
6	🔫	water pistol	gun pistol	handgun revolver tool weapon	
6	🎱	pool 8 ball	8ball billiards	billiard eight game	
6	🔮	crystal ball	crystal_ball	fairy fairytale fantasy fortune future magic tale tool	
6	🪄	magic wand	magic_wand	magician witch wizard	
6	🎮️	video game	controller video_game	entertainment	
6	🕹️	joystick	joystick	game video videogame	
6	🎰	slot machine	slot_machine	casino gamble gambling game slots	
6	🎲	game die	game_die	dice entertainment	
6	🧩	puzzle piece	jigsaw puzzle_piece	clue interlocking	
6	🧸	teddy bear	teddy_bear	plaything plush stuffed toy	
6	🪅	piñata	pinata	candy celebrate celebration cinco de festive mayo party pinada	
6	🪩	mirror ball	disco disco_ball mirror_ball	dance glitter party	
6	🪆	nesting dolls	nesting_dolls	babooshka baboushka babushka doll matryoshka russia	
6	♠️	spade suit	spades	card game	
6	♥️	heart suit	hearts	card emotion game	
6	♦️	diamond suit	diamonds	card game	
6	♣️	club suit	clubs	card game	
6	♟️	chess pawn	chess_pawn	dupe expendable	
6	🃏	joker	black_joker	card game wildcard	
6	🀄️	mahjong red dragon	mahjong	game	
6	🎴	flower playing cards	flower_playing_cards	card game japanese	
6	🎭️	performing arts	performing_arts	actor actress art entertainment mask theater theatre thespian	
6	🖼️	framed picture	frame_with_picture framed_picture	art frame museum painting	
6	🎨	artist palette	art palette	artsy arty colorful creative entertainment museum painter painting	
6	🧵	thread	thread	needle sewing spool string	
6	🪡	sewing needle	sewing_needle	embroidery sew stitches sutures tailoring thread	
6	🧶	yarn	yarn	ball crochet knit	
6	🪢	knot	knot	cord rope tangled tie twine twist	
7	👓️	glasses	eyeglasses glasses	clothing eye eyewear	
7	🕶️	sunglasses	sunglasses	dark eye eyewear glasses	
7	🥽	goggles	goggles	dive eye protection scuba swimming welding	
7	🥼	lab coat	lab_coat	clothes doctor dr experiment jacket scientist white	
7	🦺	safety vest	safety_vest	emergency	
7	👔	necktie	necktie	clothing employed serious shirt tie	
7	👕	t-shirt	shirt	blue casual clothes clothing collar dressed shopping tshirt weekend	
7	👖	jeans	jeans	blue casual clothes clothing denim dressed pants shopping trousers weekend	
7	🧣	scarf	scarf	bundle cold neck up	
7	🧤	gloves	gloves	hand	
7	🧥	coat	coat	brr bundle cold jacket up	
7	🧦	socks	socks	stocking	
7	👗	dress	dress	clothes clothing dressed fancy shopping	
7	👘	kimono	kimono	clothing comfortable	
7	🥻	sari	sari	clothing dress	
7	🩱	one-piece swimsuit	one_piece_swimsuit	bathing suit	
7	🩲	briefs	briefs	bathing one-piece suit swimsuit underwear	
7	🩳	shorts	shorts	bathing pants suit swimsuit underwear	
7	👙	bikini	bikini	bathing beach clothing pool suit swim	
7	👚	woman’s clothes	womans_clothes	blouse clothing collar dress dressed lady shirt shopping woman	
7	🪭	folding hand fan	folding_fan	clack clap cool cooling dance flirt flutter hot shy	
7	👛	purse	purse	clothes clothing coin dress fancy handbag shopping	
7	👜	handbag	handbag	bag clothes clothing dress lady purse shopping	
7	👝	clutch bag	clutch_bag pouch	clothes clothing dress handbag purse	
7	🛍️	shopping bags	shopping_bags	bag hotel	
7	🎒	backpack	backpack school_satchel	backpacking bag bookbag education rucksack satchel school	
7	🩴	thong sandal	thong_sandal	beach flip flop sandals shoe thongs zōri	
7	👞	man’s shoe	mans_shoe	brown clothes clothing feet foot kick man shoes shopping	
7	👟	running shoe	athletic_shoe sneaker	athletic clothes clothing fast kick shoes shopping tennis	
7	🥾	hiking boot	hiking_boot	backpacking brown camping outdoors shoe	
7	🥿	flat shoe	flat_shoe womans_flat_shoe	ballet comfy flats slip-on slipper	
7	👠	high-heeled shoe	high_heel	clothes clothing dress fashion heel heels shoes shopping stiletto woman	
7	👡	woman’s sandal	sandal	clothing shoe woman	
7	🩰	ballet shoes	ballet_shoes	dance	
7	👢	woman’s boot	boot	clothes clothing dress shoe shoes shopping woman	
7	🪮	hair pick	hair_pick	afro comb groom	
7	👑	crown	crown	clothing family king medieval queen royal royalty win	
7	👒	woman’s hat	womans_hat	clothes clothing garden hats party woman	
7	🎩	top hat	top_hat tophat	clothes clothing fancy formal magic	
7	🎓️	graduation cap	graduation_cap mortar_board	celebration clothing education hat scholar	
7	🧢	billed cap	billed_cap	baseball bent dad hat	
7	🪖	military helmet	military_helmet	army soldier war warrior	
7	⛑️	rescue worker’s helmet	helmet_with_cross rescue_worker_helmet	aid cross face hat	
7	📿	prayer beads	prayer_beads	clothing necklace religion	
7	💄	lipstick	lipstick	cosmetics date makeup	
7	💍	ring	ring	diamond engaged engagement married romance shiny sparkling wedding	
7	💎	gem stone	gem	diamond engagement jewel money romance wedding	
7	🔇	muted speaker	mute no_sound	quiet silent sound	
7	🔈️	speaker low volume	low_volume quiet_sound speaker	soft sound	
7	🔉	speaker medium volume	medium_volumne sound		
7	🔊	speaker high volume	high_volume loud_sound	loud music sound	
7	📢	loudspeaker	loudspeaker	address communication loud public sound	
7	📣	megaphone	mega megaphone	cheering sound	
7	📯	postal horn	postal_horn	post	
7	🔔	bell	bell	break church sound	
7	🔕	bell with slash	no_bell	forbidden mute no not prohibited quiet silent sound	
7	🎼	musical score	musical_score	music note	
7	🎵	musical note	musical_note	music sound	
7	🎶	musical notes	musical_notes notes	music note sound	
7	🎙️	studio microphone	studio_microphone	mic music	
7	🎚️	level slider	level_slider	music	
7	🎛️	control knobs	control_knobs	music	
7	🎤	microphone	microphone	karaoke mic music sing sound	
7	🎧️	headphone	headphones	earbud sound	
7	📻️	radio	radio	entertainment tbt video	
7	🎷	saxophone	saxophone	instrument music sax	
7	🎺	trumpet	trumpet	instrument music	
7	🪗	accordion	accordion	box concertina instrument music squeeze squeezebox	
7	🎸	guitar	guitar	instrument music strat	
7	🎹	musical keyboard	musical_keyboard	instrument music piano	
7	🎻	violin	violin	instrument music	
7	🪕	banjo	banjo	music stringed	
7	🥁	drum	drum	drumsticks music	
7	🪘	long drum	long_drum	beat conga instrument rhythm	
7	🪇	maracas	maracas	cha dance instrument music party percussion rattle shake shaker	
7	🪈	flute	flute	band fife flautist instrument marching music orchestra piccolo pipe recorder woodwind	
7	📱	mobile phone	android iphone mobile_phone	cell communication telephone	
7	📲	mobile phone with arrow	calling mobile_phone_arrow	build call cell communication receive telephone	
7	☎️	telephone	telephone	phone	
7	📞	telephone receiver	telephone_receiver	communication phone voip	
7	📟️	pager	pager	communication	
7	📠	fax machine	fax fax_machine	communication	
7	🔋	battery	battery		
7	🪫	low battery	low_battery	drained electronic energy power	
7	🔌	electric plug	electric_plug	electricity	
7	💻️	laptop	laptop	computer office pc personal	
7	🖥️	desktop computer	computer desktop_computer	monitor	
7	🖨️	printer	printer	computer	
7	⌨️	keyboard	keyboard	computer	
7	🖱️	computer mouse	computer_mouse		
7	🖲️	trackball	trackball	computer	
7	💽	computer disk	computer_disk minidisc	minidisk optical	
7	💾	floppy disk	floppy_disk	computer	
7	💿️	optical disk	cd optical_disk	blu-ray computer dvd	
7	📀	dvd	dvd	blu-ray cd computer disk optical	
7	🧮	abacus	abacus	calculation calculator	
7	🎥	movie camera	movie_camera	bollywood cinema film hollywood record	
7	🎞️	film frames	film_frames	cinema movie	
7	📽️	film projector	film_projector	cinema movie video	
7	🎬️	clapper board	clapper	action movie	
7	📺️	television	tv	video	
7	📷️	camera	camera	photo selfie snap tbt trip video	
7	📸	camera with flash	camera_with_flash	video	
7	📹️	video camera	video_camera	camcorder tbt	
7	📼	videocassette	vhs videocassette	old school tape vcr video	
7	🔍️	magnifying glass tilted left	mag	lab left-pointing science search tool	
7	🔎	magnifying glass tilted right	mag_right	contact lab right-pointing science search tool	
7	🕯️	candle	candle	light	
7	💡	light bulb	bulb light_bulb	comic electric idea	
7	🔦	flashlight	flashlight	electric light tool torch	
7	🏮	red paper lantern	izakaya_lantern red_paper_lantern	bar light restaurant	
7	🪔	diya lamp	diya_lamp	light oil	
7	📔	notebook with decorative cover	notebook_with_decorative_cover	book decorated education school writing	
7	📕	closed book	closed_book	education	
7	📖	open book	book open_book	education fantasy knowledge library novels reading	
7	📗	green book	green_book	education fantasy library reading	
7	📘	blue book	blue_book	education fantasy library reading	
7	📙	orange book	orange_book	education fantasy library reading	
7	📚️	books	books	book education fantasy knowledge library novels reading school study	
7	📓	notebook	notebook		
7	📒	ledger	ledger	notebook	
7	📃	page with curl	page_with_curl	document paper	
7	📜	scroll	scroll	paper	
7	📄	page facing up	page_facing_up	document paper	
7	📰	newspaper	newspaper	communication news paper	
7	🗞️	rolled-up newspaper	rolled_up_newspaper	news paper rolled	
7	📑	bookmark tabs	bookmark_tabs	mark marker	
7	🔖	bookmark	bookmark	mark	
7	🏷️	label	label	tag	
7	🪙	coin	coin	dollar euro gold metal money rich silver treasure	
7	💰️	money bag	moneybag	bank bet billion cash cost dollar gold million paid paying pot rich win	
7	💴	yen banknote	yen	bank bill currency money note	
7	💵	dollar banknote	dollar	bank bill currency money note	
7	💶	euro banknote	euro	100 bank bill currency money note rich	
7	💷	pound banknote	pound	bank bill billion cash currency money note pounds	
7	💸	money with wings	money_with_wings	bank banknote bill billion cash dollar fly million note pay	
7	💳️	credit card	credit_card	bank cash charge money pay	
7	🧾	receipt	receipt	accounting bookkeeping evidence invoice proof	
7	💹	chart increasing with yen	chart	bank currency graph growth market money rise trend upward	
7	✉️	envelope	envelope	e-mail email letter	
7	📧	e-mail	e-mail email	letter mail	
7	📨	incoming envelope	incoming_envelope	delivering e-mail email letter mail receive sent	
7	📩	envelope with arrow	envelope_with_arrow	communication down e-mail email letter mail outgoing send sent	
7	📤️	outbox tray	outbox_tray	box email letter mail sent	
7	📥️	inbox tray	inbox_tray	box email letter mail receive zero	
7	📦️	package	package	box communication delivery parcel shipping	
7	📫️	closed mailbox with raised flag	mailbox	communication mail postbox	
7	📪️	closed mailbox with lowered flag	mailbox_closed	mail postbox	
7	📬️	open mailbox with raised flag	mailbox_with_mail	mail postbox	
7	📭️	open mailbox with lowered flag	mailbox_with_no_mail	mail postbox	
7	📮	postbox	postbox	mail mailbox	
7	🗳️	ballot box with ballot	ballot_box		
7	✏️	pencil	pencil		
7	✒️	black nib	black_nib	pen	
7	🖋️	fountain pen	fountain_pen		
7	🖊️	pen	pen	ballpoint	
7	🖌️	paintbrush	paintbrush	painting	
7	🖍️	crayon	crayon		
7	📝	memo	memo	communication media notes pencil	
7	💼	briefcase	briefcase	office	
7	📁	file folder	file_folder		
7	📂	open file folder	open_file_folder		
7	🗂️	card index dividers	card_index_dividers		
7	📅	calendar	date		
7	📆	tear-off calendar	calendar		
7	🗒️	spiral notepad	notepad_spiral	note pad	
7	🗓️	spiral calendar	calendar_spiral	pad	
7	📇	card index	card_index	old rolodex school	
7	📈	chart increasing	chart_increasing chart_with_upwards_trend	data graph growth right trend up upward	
7	📉	chart decreasing	chart_decreasing chart_with_downwards_trend	data down downward graph negative trend	
7	📊	bar chart	bar_chart	data graph	
7	📋️	clipboard	clipboard	do list notes	
7	📌	pushpin	pushpin	collage pin	
7	📍	round pushpin	round_pushpin	location map pin	
7	📎	paperclip	paperclip		
7	🖇️	linked paperclips	paperclips	link paperclip	
7	📏	straight ruler	straight_ruler	angle edge math straightedge	
7	📐	triangular ruler	triangular_ruler	angle math rule set slide triangle	
7	✂️	scissors	scissors	cut cutting paper tool	
7	🗃️	card file box	card_file_box		
7	🗄️	file cabinet	file_cabinet	filing paper	
7	🗑️	wastebasket	trashcan wastebasket	can garbage trash waste	
7	🔒️	locked	lock locked	closed private	
7	🔓️	unlocked	unlock unlocked	cracked lock open	
7	🔏	locked with pen	lock_with_ink_pen locked_with_pen	ink lock nib privacy	
7	🔐	locked with key	closed_lock_with_key locked_with_key	bike closed lock secure	
7	🔑	key	key	keys lock major password unlock	
7	🗝️	old key	old_key	clue lock	
7	🔨	hammer	hammer	home improvement repairs tool	
7	🪓	axe	axe	ax chop hatchet split wood	
7	⛏️	pick	pick	hammer mining tool	
7	⚒️	hammer and pick	hammer_and_pick	tool	
7	🛠️	hammer and wrench	hammer_and_wrench	spanner tool	
7	🗡️	dagger	dagger	knife weapon	
7	⚔️	crossed swords	crossed_swords	weapon	
7	💣️	bomb	bomb	boom comic dangerous explosion hot	
7	🪃	boomerang	boomerang	rebound repercussion weapon	
7	🏹	bow and arrow	bow_and_arrow	archer archery sagittarius tool weapon zodiac	
7	🛡️	shield	shield	weapon	
7	🪚	carpentry saw	carpentry_saw	carpenter cut lumber tool trim	
7	🔧	wrench	wrench	home improvement spanner tool	
7	🪛	screwdriver	screwdriver	flathead handy screw tool	
7	🔩	nut and bolt	nut_and_bolt	home improvement tool	
7	⚙️	gear	gear	cog cogwheel tool	
7	🗜️	clamp	clamp compression	compress tool vice	
7	⚖️	balance scale	scales	justice libra tool weight zodiac	
7	🦯	white cane	probing_cane white_cane	accessibility blind probing	
7	🔗	link	link	links	
7	⛓️	chains	chains	chain	
7	🪝	hook	hook	catch crook curve ensnare point selling	
7	🧰	toolbox	toolbox	box chest mechanic red tool	
7	🧲	magnet	magnet	attraction horseshoe magnetic negative positive shape u	
7	🪜	ladder	ladder	climb rung step	
7	⚗️	alembic	alembic	chemistry tool	
7	🧪	test tube	test_tube	chemist chemistry experiment lab science	
7	🧫	petri dish	petri_dish	bacteria biologist biology culture lab	
7	🧬	dna	dna double_helix	biologist evolution gene genetics life	
7	🔬	microscope	microscope	experiment lab science tool	
7	🔭	telescope	telescope	contact extraterrestrial science tool	
7	📡	satellite antenna	satellite_antenna	aliens contact dish science	
7	💉	syringe	syringe	doctor flu medicine needle shot sick tool vaccination	
7	🩸	drop of blood	drop_of_blood	bleed donation injury medicine menstruation	
7	💊	pill	pill	doctor drugs medicated medicine pills sick vitamin	
7	🩹	adhesive bandage	adhesive_bandage bandaid		
7	🩼	crutch	crutch	aid cane disability help hurt injured mobility stick	
7	🩺	stethoscope	stethoscope	doctor heart medicine	
7	🩻	x-ray	x-ray xray	bones doctor medical skeleton skull	
7	🚪	door	door	back closet front	
7	🛗	elevator	elevator	accessibility hoist lift	
7	🪞	mirror	mirror	makeup reflection reflector speculum	
7	🪟	window	window	air frame fresh opening transparent view	
7	🛏️	bed	bed	hotel sleep	
7	🛋️	couch and lamp	couch_and_lamp	hotel	
7	🪑	chair	chair	seat sit	
7	🚽	toilet	toilet	bathroom	
7	🪠	plunger	plunger	cup force plumber poop suction toilet	
7	🚿	shower	shower	water	
7	🛁	bathtub	bathtub	bath	
7	🪤	mouse trap	mouse_trap	bait cheese lure mousetrap snare	
7	🪒	razor	razor	sharp shave	
7	🧴	lotion bottle	lotion_bottle	moisturizer shampoo sunscreen	
7	🧷	safety pin	safety_pin	diaper punk rock	
7	🧹	broom	broom	cleaning sweeping witch	
7	🧺	basket	basket	farming laundry picnic	
7	🧻	roll of paper	roll_of_paper toilet_paper	toilet towels	
7	🪣	bucket	bucket	cask pail vat	
7	🧼	soap	soap	bar bathing clean cleaning lather soapdish	
7	🫧	bubbles	bubbles	bubble burp clean floating pearl soap underwater	
7	🪥	toothbrush	toothbrush	bathroom brush clean dental hygiene teeth toiletry	
7	🧽	sponge	sponge	absorbing cleaning porous soak	
7	🧯	fire extinguisher	fire_extinguisher	extinguish quench	
7	🛒	shopping cart	shopping_cart	trolley	
7	🚬	cigarette	cigarette smoking		
7	⚰️	coffin	coffin	dead death vampire	
7	🪦	headstone	headstone	cemetery dead grave graveyard memorial rip tomb tombstone	
7	⚱️	funeral urn	funeral_urn	ashes death	
7	🧿	nazar amulet	nazar_amulet	bead blue charm evil-eye talisman	
7	🪬	hamsa	hamsa	amulet fatima fortune guide hand mary miriam palm protect protection	
7	🗿	moai	moai moyai	face statue stoneface travel	
7	🪧	placard	placard	card demonstration notice picket plaque protest sign	
7	🪪	identification card	id_card	credentials document id license security	
8	🏧	ATM sign	atm	automated bank cash money teller	
8	🚮	litter in bin sign	litter_bin put_litter_in_its_place	litterbin	
8	🚰	potable water	potable_water	drinking	
8	♿️	wheelchair symbol	handicapped wheelchair	access handicap	
8	🚹️	men’s room	mens	bathroom lavatory man restroom toilet wc	
8	🚺️	women’s room	womens	bathroom lavatory restroom toilet wc woman	
8	🚻	restroom	bathroom restroom	lavatory toilet wc	
8	🚼️	baby symbol	baby_symbol	changing	
8	🚾	water closet	water_closet wc	bathroom lavatory restroom toilet	
8	🛂	passport control	passport_control		
8	🛃	customs	customs	packing	
8	🛄	baggage claim	baggage_claim	arrived bags case checked journey packing plane ready travel trip	
8	🛅	left luggage	left_luggage	baggage case locker	
8	⚠️	warning	warning	caution	
8	🚸	children crossing	children_crossing	child pedestrian traffic	
8	⛔️	no entry	no_entry	do fail forbidden not pass prohibited traffic	
8	🚫	prohibited	no_entry_sign	entry forbidden no not smoke	
8	🚳	no bicycles	no_bicycles	bicycle bike forbidden not prohibited	
8	🚭️	no smoking	no_smoking	forbidden not prohibited smoke	
8	🚯	no littering	do_not_litter no_littering	forbidden litter not prohibited	
8	🚱	non-potable water	non-potable_water	dry non-drinking prohibited	
8	🚷	no pedestrians	no_pedestrians	forbidden not pedestrian prohibited	
8	📵	no mobile phones	no_mobile_phones	cell forbidden not phone prohibited telephone	
8	🔞	no one under eighteen	no_one_under_18 underage	18 age forbidden not prohibited restriction	
8	☢️	radioactive	radioactive	sign	
8	☣️	biohazard	biohazard	sign	
8	⬆️	up arrow	arrow_up	cardinal direction north	
8	↗️	up-right arrow	arrow_upper_right	direction intercardinal northeast	
8	➡️	right arrow	arrow_right	cardinal direction east	
8	↘️	down-right arrow	arrow_lower_right	direction intercardinal southeast	
8	⬇️	down arrow	arrow_down	cardinal direction south	
8	↙️	down-left arrow	arrow_lower_left	direction intercardinal southwest	
8	⬅️	left arrow	arrow_left	cardinal direction west	
8	↖️	up-left arrow	arrow_upper_left	direction intercardinal northwest	
8	↕️	up-down arrow	arrow_up_down		
8	↔️	left-right arrow	left_right_arrow		
8	↩️	right arrow curving left	arrow_left_hook leftwards_arrow_with_hook		
8	↪️	left arrow curving right	arrow_right_hook rightwards_arrow_with_hook		
8	⤴️	right arrow curving up	arrow_heading_up		
8	⤵️	right arrow curving down	arrow_heading_down		
8	🔃	clockwise vertical arrows	arrows_clockwise clockwise	arrow refresh reload	
8	🔄	counterclockwise arrows button	arrows_counterclockwise counterclockwise	again anticlockwise arrow deja refresh rewindershins vu	
8	🔙	BACK arrow	back		
8	🔚	END arrow	end		
8	🔛	ON! arrow	on	mark on!	
8	🔜	SOON arrow	soon	brb omw	
8	🔝	TOP arrow	top	homie up	
8	🛐	place of worship	place_of_worship	pray religion	
8	⚛️	atom symbol	atom atom_symbol	atheist	
8	🕉️	om	om	hindu religion	
8	✡️	star of David	star_of_david	david jew jewish judaism religion	
8	☸️	wheel of dharma	wheel_of_dharma	buddhist religion	
8	☯️	yin yang	yin_yang	difficult lives religion tao taoist total yinyang	
8	✝️	latin cross	latin_cross	christ christian religion	
8	☦️	orthodox cross	orthodox_cross	christian religion	
8	☪️	star and crescent	star_and_crescent	islam muslim ramadan religion	
8	☮️	peace symbol	peace peace_symbol	healing peaceful	
8	🕎	menorah	menorah	candelabrum candlestick hanukkah jewish judaism religion	
8	🔯	dotted six-pointed star	six_pointed_star	fortune jewish judaism	
8	🪯	khanda	khanda	deg fateh khalsa religion sikh sikhism tegh	
8	♈️	Aries	aries	horoscope ram zodiac	
8	♉️	Taurus	taurus	bull horoscope ox zodiac	
8	♊️	Gemini	gemini	horoscope twins zodiac	
8	♋️	Cancer	cancer	crab horoscope zodiac	
8	♌️	Leo	leo	horoscope lion zodiac	
8	♍️	Virgo	virgo	horoscope zodiac	
8	♎️	Libra	libra	balance horoscope justice scales zodiac	
8	♏️	Scorpio	scorpius	horoscope scorpio scorpion zodiac	
8	♐️	Sagittarius	sagittarius	archer horoscope zodiac	
8	♑️	Capricorn	capricorn	goat horoscope zodiac	
8	♒️	Aquarius	aquarius	bearer horoscope water zodiac	
8	♓️	Pisces	pisces	fish horoscope zodiac	
8	⛎️	Ophiuchus	ophiuchus	bearer serpent snake zodiac	
8	🔀	shuffle tracks button	shuffle twisted_rightwards_arrows	arrow crossed	
8	🔁	repeat button	repeat	arrow clockwise	
8	🔂	repeat single button	repeat_one	arrow clockwise once	
8	▶️	play button	arrow_forward play	arrow right triangle	
8	⏩️	fast-forward button	fast_forward	arrow double fast forward	
8	⏭️	next track button	next_track	arrow scene triangle	
8	⏯️	play or pause button	play_pause	arrow right triangle	
8	◀️	reverse button	arrow_backward reverse	arrow left triangle	
8	⏪️	fast reverse button	fast_reverse rewind	arrow double	
8	⏮️	last track button	previous_track	arrow previous scene triangle	
8	🔼	upwards button	arrow_up_small up	arrow red	
8	⏫️	fast up button	arrow_double_up fast_up	arrow double	
8	🔽	downwards button	arrow_down_small down	arrow red	
8	⏬️	fast down button	arrow_double_down fast_down	arrow double	
8	⏸️	pause button	pause	bar double vertical	
8	⏹️	stop button	stop	square	
8	⏺️	record button	record	circle	
8	⏏️	eject button	eject		
8	🎦	cinema	cinema	camera film movie	
8	🔅	dim button	dim_button low_brightness	brightness low	
8	🔆	bright button	bright_button high_brightness	brightness light	
8	📶	antenna bars	antenna_bars signal_strength	bar cell communication mobile phone signal telephone	
8	🛜	wireless	wireless	broadband computer connectivity hotspot internet network router smartphone wi-fi wifi wlan	
8	📳	vibration mode	vibration_mode	cell communication mobile phone telephone	
8	📴	mobile phone off	mobile_phone_off	cell telephone	
8	♀️	female sign	female female_sign	woman	
8	♂️	male sign	male male_sign	man	
8	⚧️	transgender symbol	transgender_symbol		
8	✖️	multiply	multiplication multiply	cancel sign x ×	
8	➕️	plus	plus	+	
8	➖️	minus	minus	- heavy math sign −	
8	➗️	divide	divide division	heavy math sign ÷	
8	🟰	heavy equals sign	heavy_equals_sign	answer equal equality math	
8	♾️	infinity	infinity	forever unbounded universal	
8	‼️	double exclamation mark	bangbang double_exclamation	! !! punctuation	
8	⁉️	exclamation question mark	exclamation_question interrobang	! !? ? punctuation	
8	❓️	red question mark	question	? punctuation	
8	❔️	white question mark	white_question	? outlined punctuation	
8	❕️	white exclamation mark	white_exclamation	! outlined punctuation	
8	❗️	red exclamation mark	exclamation	! punctuation	
8	〰️	wavy dash	wavy_dash	punctuation	
8	💱	currency exchange	currency_exchange	bank money	
8	💲	heavy dollar sign	heavy_dollar_sign	billion cash charge currency million money pay	
8	⚕️	medical symbol	medical medical_symbol	aesculapius medicine staff	
8	♻️	recycling symbol	recycle recycling_symbol		
8	⚜️	fleur-de-lis	fleur-de-lis	knights	
8	🔱	trident emblem	trident	anchor poseidon ship tool	
8	📛	name badge	name_badge		
8	🔰	Japanese symbol for beginner	beginner	chevron green japanese leaf tool yellow	
8	⭕️	hollow red circle	hollow_red_circle red_o	heavy large o	
8	✅️	check mark button	check_mark_button white_check_mark	checked checkmark complete completed done fixed tick ✓	
8	☑️	check box with check	ballot_box_with_check	ballot checked done off tick ✓	
8	✔️	check mark	check_mark heavy_check_mark	checked checkmark done heavy tick ✓	
8	❌️	cross mark	cross_mark x	cancel multiplication multiply ×	
8	❎️	cross mark button	cross_mark_button negative_squared_cross_mark	multiplication multiply square x ×	
8	➰️	curly loop	curly_loop	curl	
8	➿️	double curly loop	double_curly_loop loop	curl	
8	〽️	part alternation mark	part_alternation_mark		
8	✳️	eight-spoked asterisk	eight_spoked_asterisk	*	
8	✴️	eight-pointed star	eight_pointed_black_star	*	
8	❇️	sparkle	sparkle	*	
8	©️	copyright	copyright	c	
8	®️	registered	registered	r	
8	™️	trade mark	tm trade_mark	trademark	
8	#️⃣	keycap: #	hash number_sign	keycap	
8	*️⃣	keycap: *	asterisk	keycap	
8	0️⃣	keycap: 0	zero	keycap	
8	1️⃣	keycap: 1	one	keycap	
8	2️⃣	keycap: 2	two	keycap	
8	3️⃣	keycap: 3	three	keycap	
8	4️⃣	keycap: 4	four	keycap	
8	5️⃣	keycap: 5	five	keycap	
8	6️⃣	keycap: 6	six	keycap	
8	7️⃣	keycap: 7	seven	keycap	
8	8️⃣	keycap: 8	eight	keycap	
8	9️⃣	keycap: 9	nine	keycap	
8	🔟	keycap: 10	ten	keycap	
8	🔠	input latin uppercase	capital_abcd	abcd letters	
8	🔡	input latin lowercase	abcd	letters	
8	🔢	input numbers	1234		
8	🔣	input symbols	symbols	% & ♪ 〒	
8	🔤	input latin letters	abc	alphabet	
8	🅰️	A button (blood type)	a a_blood	blood type	
8	🆎	AB button (blood type)	ab ab_blood	blood type	
8	🅱️	B button (blood type)	b b_blood	blood type	
8	🆑	CL button	cl		
8	🆒	COOL button	cool		
8	🆓	FREE button	free		
8	ℹ️	information	info information_source	i	
8	🆔	ID button	id	identity	
8	Ⓜ️	circled M	m	circle	
8	🆕	NEW button	new		
8	🆖	NG button	ng		
8	🅾️	O button (blood type)	o o_blood	blood type	
8	🆗	OK button	ok	okay	
8	🅿️	P button	parking	p	
8	🆘	SOS button	sos	help	
8	🆙	UP! button	up2	mark up up!	
8	🆚	VS button	vs	versus	
8	🈁	Japanese “here” button	ja_here koko	here japanese katakana	
8	🈂️	Japanese “service charge” button	ja_service_charge	charge japanese katakana service	
8	🈷️	Japanese “monthly amount” button	ja_monthly_amount	amount ideograph japanese monthly	
8	🈶	Japanese “not free of charge” button	ja_not_free_of_carge	charge ideograph japanese not	
8	🈯️	Japanese “reserved” button	ja_reserved	ideograph japanese reserved	
8	🉐	Japanese “bargain” button	ideograph_advantage ja_bargain	bargain ideograph japanese	
8	🈹	Japanese “discount” button	ja_discount	discount ideograph japanese	
8	🈚️	Japanese “free of charge” button	ja_free_of_charge	charge free ideograph japanese	
8	🈲	Japanese “prohibited” button	ja_prohibited	ideograph japanese prohibited	
8	🉑	Japanese “acceptable” button	accept ja_acceptable	acceptable ideograph japanese	
8	🈸	Japanese “application” button	ja_application	application ideograph japanese	
8	🈴	Japanese “passing grade” button	ja_passing_grade	grade ideograph japanese passing	
8	🈳	Japanese “vacancy” button	ja_vacancy	ideograph japanese vacancy	
8	㊗️	Japanese “congratulations” button	congratulations ja_congratulations	ideograph japanese	
8	㊙️	Japanese “secret” button	ja_secret secret	ideograph japanese	
8	🈺	Japanese “open for business” button	ja_open_for_business	business ideograph japanese open	
8	🈵	Japanese “no vacancy” button	ja_no_vacancy	ideograph japanese no vacancy	
8	🔴	red circle	red_circle	geometric	
8	🟠	orange circle	orange_circle		
8	🟡	yellow circle	yellow_circle		
8	🟢	green circle	green_circle		
8	🔵	blue circle	blue_circle	geometric	
8	🟣	purple circle	purple_circle		
8	🟤	brown circle	brown_circle		
8	⚫️	black circle	black_circle	geometric	
8	⚪️	white circle	white_circle	geometric	
8	🟥	red square	red_square	card penalty	
8	🟧	orange square	orange_square		
8	🟨	yellow square	yellow_square	card penalty	
8	🟩	green square	green_square		
8	🟦	blue square	blue_square		
8	🟪	purple square	purple_square		
8	🟫	brown square	brown_square		
8	⬛️	black large square	black_large_square	geometric	
8	⬜️	white large square	white_large_square	geometric	
8	◼️	black medium square	black_medium_square	geometric	
8	◻️	white medium square	white_medium_square	geometric	
8	◾️	black medium-small square	black_medium_small_square	geometric	
8	◽️	white medium-small square	white_medium_small_square	geometric	
8	▪️	black small square	black_small_square	geometric	
8	▫️	white small square	white_small_square	geometric	
8	🔶	large orange diamond	large_orange_diamond	geometric	
8	🔷	large blue diamond	large_blue_diamond	geometric	
8	🔸	small orange diamond	small_orange_diamond	geometric	
8	🔹	small blue diamond	small_blue_diamond	geometric	
8	🔺	red triangle pointed up	small_red_triangle	geometric	
8	🔻	red triangle pointed down	small_red_triangle_down	geometric	
8	💠	diamond with a dot	diamond_shape_with_a_dot_inside diamond_with_a_dot	comic geometric	
8	🔘	radio button	radio_button	geometric	
8	🔳	white square button	white_square_button	geometric outlined	
8	🔲	black square button	black_square_button	geometric	
9	🏁	chequered flag	checkered_flag	checkered finish flags game race racing sport win	
9	🚩	triangular flag	triangular_flag triangular_flag_on_post	construction golf post	
9	🎌	crossed flags	crossed_flags	celebration cross japanese	
9	🏴	black flag	black_flag	waving	
9	🏳️	white flag	white_flag	waving	
9	🏳️‍🌈	rainbow flag	rainbow_flag	bisexual gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia pride queer trans transgender	
9	🏳️‍⚧️	transgender flag	transgender_flag	blue light pink white	
9	🏴‍☠️	pirate flag	jolly_roger pirate_flag	jolly plunder roger treasure	
9	🇦🇨	flag: Ascension Island	ascension_island flag_ac	AC flag	
9	🇦🇩	flag: Andorra	andorra flag_ad	AD flag	
9	🇦🇪	flag: United Arab Emirates	flag_ae united_arab_emirates	AE flag	
9	🇦🇫	flag: Afghanistan	afghanistan flag_af	AF flag	
9	🇦🇬	flag: Antigua & Barbuda	antigua_barbuda flag_ag	AG flag	
9	🇦🇮	flag: Anguilla	anguilla flag_ai	AI flag	
9	🇦🇱	flag: Albania	albania flag_al	AL flag	
9	🇦🇲	flag: Armenia	armenia flag_am	AM flag	
9	🇦🇴	flag: Angola	angola flag_ao	AO flag	
9	🇦🇶	flag: Antarctica	antarctica flag_aq	AQ flag	
9	🇦🇷	flag: Argentina	argentina flag_ar	AR flag	
9	🇦🇸	flag: American Samoa	american_samoa flag_as	AS flag	
9	🇦🇹	flag: Austria	austria flag_at	AT flag	
9	🇦🇺	flag: Australia	australia flag_au	AU flag	
9	🇦🇼	flag: Aruba	aruba flag_aw	AW flag	
9	🇦🇽	flag: Åland Islands	aland_islands flag_ax	AX flag	
9	🇦🇿	flag: Azerbaijan	azerbaijan flag_az	AZ flag	
9	🇧🇦	flag: Bosnia & Herzegovina	bosnia_herzegovina flag_ba	BA flag	
9	🇧🇧	flag: Barbados	barbados flag_bb	BB flag	
9	🇧🇩	flag: Bangladesh	bangladesh flag_bd	BD flag	
9	🇧🇪	flag: Belgium	belgium flag_be	BE flag	
9	🇧🇫	flag: Burkina Faso	burkina_faso flag_bf	BF flag	
9	🇧🇬	flag: Bulgaria	bulgaria flag_bg	BG flag	
9	🇧🇭	flag: Bahrain	bahrain flag_bh	BH flag	
9	🇧🇮	flag: Burundi	burundi flag_bi	BI flag	
9	🇧🇯	flag: Benin	benin flag_bj	BJ flag	
9	🇧🇱	flag: St. Barthélemy	flag_bl st_barthelemy	BL flag	
9	🇧🇲	flag: Bermuda	bermuda flag_bm	BM flag	
9	🇧🇳	flag: Brunei	brunei flag_bn	BN flag	
9	🇧🇴	flag: Bolivia	bolivia flag_bo	BO flag	
9	🇧🇶	flag: Caribbean Netherlands	caribbean_netherlands flag_bq	BQ flag	
9	🇧🇷	flag: Brazil	brazil flag_br	BR flag	
9	🇧🇸	flag: Bahamas	bahamas flag_bs	BS flag	
9	🇧🇹	flag: Bhutan	bhutan flag_bt	BT flag	
9	🇧🇻	flag: Bouvet Island	bouvet_island flag_bv	BV flag	
9	🇧🇼	flag: Botswana	botswana flag_bw	BW flag	
9	🇧🇾	flag: Belarus	belarus flag_by	BY flag	
9	🇧🇿	flag: Belize	belize flag_bz	BZ flag	
9	🇨🇦	flag: Canada	canada flag_ca	CA flag	
9	🇨🇨	flag: Cocos (Keeling) Islands	cocos_islands flag_cc	CC flag	
9	🇨🇩	flag: Congo - Kinshasa	congo_kinshasa flag_cd	CD flag	
9	🇨🇫	flag: Central African Republic	central_african_republic flag_cf	CF flag	
9	🇨🇬	flag: Congo - Brazzaville	congo_brazzaville flag_cg	CG flag	
9	🇨🇭	flag: Switzerland	flag_ch switzerland	CH flag	
9	🇨🇮	flag: Côte d’Ivoire	cote_divoire flag_ci	CI flag	
9	🇨🇰	flag: Cook Islands	cook_islands flag_ck	CK flag	
9	🇨🇱	flag: Chile	chile flag_cl	CL flag	
9	🇨🇲	flag: Cameroon	cameroon flag_cm	CM flag	
9	🇨🇳	flag: China	china flag_cn	CN flag	
9	🇨🇴	flag: Colombia	colombia flag_co	CO flag	
9	🇨🇵	flag: Clipperton Island	clipperton_island flag_cp	CP flag	
9	🇨🇷	flag: Costa Rica	costa_rica flag_cr	CR flag	
9	🇨🇺	flag: Cuba	cuba flag_cu	CU flag	
9	🇨🇻	flag: Cape Verde	cape_verde flag_cv	CV flag	
9	🇨🇼	flag: Curaçao	curacao flag_cw	CW flag	
9	🇨🇽	flag: Christmas Island	christmas_island flag_cx	CX flag	
9	🇨🇾	flag: Cyprus	cyprus flag_cy	CY flag	
9	🇨🇿	flag: Czechia	czech_republic czechia flag_cz	CZ flag	
9	🇩🇪	flag: Germany	flag_de germany	DE flag	
9	🇩🇬	flag: Diego Garcia	diego_garcia flag_dg	DG flag	
9	🇩🇯	flag: Djibouti	djibouti flag_dj	DJ flag	
9	🇩🇰	flag: Denmark	denmark flag_dk	DK flag	
9	🇩🇲	flag: Dominica	dominica flag_dm	DM flag	
9	🇩🇴	flag: Dominican Republic	dominican_republic flag_do	DO flag	
9	🇩🇿	flag: Algeria	algeria flag_dz	DZ flag	
9	🇪🇦	flag: Ceuta & Melilla	ceuta_melilla flag_ea	EA flag	
9	🇪🇨	flag: Ecuador	ecuador flag_ec	EC flag	
9	🇪🇪	flag: Estonia	estonia flag_ee	EE flag	
9	🇪🇬	flag: Egypt	egypt flag_eg	EG flag	
9	🇪🇭	flag: Western Sahara	flag_eh western_sahara	EH flag	
9	🇪🇷	flag: Eritrea	eritrea flag_er	ER flag	
9	🇪🇸	flag: Spain	flag_es spain	ES flag	
9	🇪🇹	flag: Ethiopia	ethiopia flag_et	ET flag	
9	🇪🇺	flag: European Union	european_union flag_eu	EU flag	
9	🇫🇮	flag: Finland	finland flag_fi	FI flag	
9	🇫🇯	flag: Fiji	fiji flag_fj	FJ flag	
9	🇫🇰	flag: Falkland Islands	falkland_islands flag_fk	FK flag	
9	🇫🇲	flag: Micronesia	flag_fm micronesia	FM flag	
9	🇫🇴	flag: Faroe Islands	faroe_islands flag_fo	FO flag	
9	🇫🇷	flag: France	flag_fr france	FR flag	
9	🇬🇦	flag: Gabon	flag_ga gabon	GA flag	
9	🇬🇧	flag: United Kingdom	flag_gb uk united_kingdom	GB flag	
9	🇬🇩	flag: Grenada	flag_gd grenada	GD flag	
9	🇬🇪	flag: Georgia	flag_ge georgia	GE flag	
9	🇬🇫	flag: French Guiana	flag_gf french_guiana	GF flag	
9	🇬🇬	flag: Guernsey	flag_gg guernsey	GG flag	
9	🇬🇭	flag: Ghana	flag_gh ghana	GH flag	
9	🇬🇮	flag: Gibraltar	flag_gi gibraltar	GI flag	
9	🇬🇱	flag: Greenland	flag_gl greenland	GL flag	
9	🇬🇲	flag: Gambia	flag_gm gambia	GM flag	
9	🇬🇳	flag: Guinea	flag_gn guinea	GN flag	
9	🇬🇵	flag: Guadeloupe	flag_gp guadeloupe	GP flag	
9	🇬🇶	flag: Equatorial Guinea	equatorial_guinea flag_gq	GQ flag	
9	🇬🇷	flag: Greece	flag_gr greece	GR flag	
9	🇬🇸	flag: South Georgia & South Sandwich Islands	flag_gs south_georgia_south_sandwich_islands	GS flag	
9	🇬🇹	flag: Guatemala	flag_gt guatemala	GT flag	
9	🇬🇺	flag: Guam	flag_gu guam	GU flag	
9	🇬🇼	flag: Guinea-Bissau	flag_gw guinea_bissau	GW flag	
9	🇬🇾	flag: Guyana	flag_gy guyana	GY flag	
9	🇭🇰	flag: Hong Kong SAR China	flag_hk hong_kong	HK flag	
9	🇭🇲	flag: Heard & McDonald Islands	flag_hm heard_mcdonald_islands	HM flag	
9	🇭🇳	flag: Honduras	flag_hn honduras	HN flag	
9	🇭🇷	flag: Croatia	croatia flag_hr	HR flag	
9	🇭🇹	flag: Haiti	flag_ht haiti	HT flag	
9	🇭🇺	flag: Hungary	flag_hu hungary	HU flag	
9	🇮🇨	flag: Canary Islands	canary_islands flag_ic	IC flag	
9	🇮🇩	flag: Indonesia	flag_id indonesia	ID flag	
9	🇮🇪	flag: Ireland	flag_ie ireland	IE flag	
9	🇮🇱	flag: Israel	flag_il israel	IL flag	
9	🇮🇲	flag: Isle of Man	flag_im isle_of_man	IM flag	
9	🇮🇳	flag: India	flag_in india	IN flag	
9	🇮🇴	flag: British Indian Ocean Territory	british_indian_ocean_territory flag_io	IO flag	
9	🇮🇶	flag: Iraq	flag_iq iraq	IQ flag	
9	🇮🇷	flag: Iran	flag_ir iran	IR flag	
9	🇮🇸	flag: Iceland	flag_is iceland	IS flag	
9	🇮🇹	flag: Italy	flag_it italy	IT flag	
9	🇯🇪	flag: Jersey	flag_je jersey	JE flag	
9	🇯🇲	flag: Jamaica	flag_jm jamaica	JM flag	
9	🇯🇴	flag: Jordan	flag_jo jordan	JO flag	
9	🇯🇵	flag: Japan	flag_jp japan	JP flag	
9	🇰🇪	flag: Kenya	flag_ke kenya	KE flag	
9	🇰🇬	flag: Kyrgyzstan	flag_kg kyrgyzstan	KG flag	
9	🇰🇭	flag: Cambodia	cambodia flag_kh	KH flag	
9	🇰🇮	flag: Kiribati	flag_ki kiribati	KI flag	
9	🇰🇲	flag: Comoros	comoros flag_km	KM flag	
9	🇰🇳	flag: St. Kitts & Nevis	flag_kn st_kitts_nevis	KN flag	
9	🇰🇵	flag: North Korea	flag_kp north_korea	KP flag	
9	🇰🇷	flag: South Korea	flag_kr south_korea	KR flag	
9	🇰🇼	flag: Kuwait	flag_kw kuwait	KW flag	
9	🇰🇾	flag: Cayman Islands	cayman_islands flag_ky	KY flag	
9	🇰🇿	flag: Kazakhstan	flag_kz kazakhstan	KZ flag	
9	🇱🇦	flag: Laos	flag_la laos	LA flag	
9	🇱🇧	flag: Lebanon	flag_lb lebanon	LB flag	
9	🇱🇨	flag: St. Lucia	flag_lc st_lucia	LC flag	
9	🇱🇮	flag: Liechtenstein	flag_li liechtenstein	LI flag	
9	🇱🇰	flag: Sri Lanka	flag_lk sri_lanka	LK flag	
9	🇱🇷	flag: Liberia	flag_lr liberia	LR flag	
9	🇱🇸	flag: Lesotho	flag_ls lesotho	LS flag	
9	🇱🇹	flag: Lithuania	flag_lt lithuania	LT flag	
9	🇱🇺	flag: Luxembourg	flag_lu luxembourg	LU flag	
9	🇱🇻	flag: Latvia	flag_lv latvia	LV flag	
9	🇱🇾	flag: Libya	flag_ly libya	LY flag	
9	🇲🇦	flag: Morocco	flag_ma morocco	MA flag	
9	🇲🇨	flag: Monaco	flag_mc monaco	MC flag	
9	🇲🇩	flag: Moldova	flag_md moldova	MD flag	
9	🇲🇪	flag: Montenegro	flag_me montenegro	ME flag	
9	🇲🇫	flag: St. Martin	flag_mf st_martin	MF flag	
9	🇲🇬	flag: Madagascar	flag_mg madagascar	MG flag	
9	🇲🇭	flag: Marshall Islands	flag_mh marshall_islands	MH flag	
9	🇲🇰	flag: North Macedonia	flag_mk macedonia	MK flag	
9	🇲🇱	flag: Mali	flag_ml mali	ML flag	
9	🇲🇲	flag: Myanmar (Burma)	burma flag_mm myanmar	MM flag	
9	🇲🇳	flag: Mongolia	flag_mn mongolia	MN flag	
9	🇲🇴	flag: Macao SAR China	flag_mo macao macau	MO flag	
9	🇲🇵	flag: Northern Mariana Islands	flag_mp northern_mariana_islands	MP flag	
9	🇲🇶	flag: Martinique	flag_mq martinique	MQ flag	
9	🇲🇷	flag: Mauritania	flag_mr mauritania	MR flag	
9	🇲🇸	flag: Montserrat	flag_ms montserrat	MS flag	
9	🇲🇹	flag: Malta	flag_mt malta	MT flag	
9	🇲🇺	flag: Mauritius	flag_mu mauritius	MU flag	
9	🇲🇻	flag: Maldives	flag_mv maldives	MV flag	
9	🇲🇼	flag: Malawi	flag_mw malawi	MW flag	
9	🇲🇽	flag: Mexico	flag_mx mexico	MX flag	
9	🇲🇾	flag: Malaysia	flag_my malaysia	MY flag	
9	🇲🇿	flag: Mozambique	flag_mz mozambique	MZ flag	
9	🇳🇦	flag: Namibia	flag_na namibia	NA flag	
9	🇳🇨	flag: New Caledonia	flag_nc new_caledonia	NC flag	
9	🇳🇪	flag: Niger	flag_ne niger	NE flag	
9	🇳🇫	flag: Norfolk Island	flag_nf norfolk_island	NF flag	
9	🇳🇬	flag: Nigeria	flag_ng nigeria	NG flag	
9	🇳🇮	flag: Nicaragua	flag_ni nicaragua	NI flag	
9	🇳🇱	flag: Netherlands	flag_nl netherlands	NL flag	
9	🇳🇴	flag: Norway	flag_no norway	NO flag	
9	🇳🇵	flag: Nepal	flag_np nepal	NP flag	
9	🇳🇷	flag: Nauru	flag_nr nauru	NR flag	
9	🇳🇺	flag: Niue	flag_nu niue	NU flag	
9	🇳🇿	flag: New Zealand	flag_nz new_zealand	NZ flag	
9	🇴🇲	flag: Oman	flag_om oman	OM flag	
9	🇵🇦	flag: Panama	flag_pa panama	PA flag	
9	🇵🇪	flag: Peru	flag_pe peru	PE flag	
9	🇵🇫	flag: French Polynesia	flag_pf french_polynesia	PF flag	
9	🇵🇬	flag: Papua New Guinea	flag_pg papua_new_guinea	PG flag	
9	🇵🇭	flag: Philippines	flag_ph philippines	PH flag	
9	🇵🇰	flag: Pakistan	flag_pk pakistan	PK flag	
9	🇵🇱	flag: Poland	flag_pl poland	PL flag	
9	🇵🇲	flag: St. Pierre & Miquelon	flag_pm st_pierre_miquelon	PM flag	
9	🇵🇳	flag: Pitcairn Islands	flag_pn pitcairn_islands	PN flag	
9	🇵🇷	flag: Puerto Rico	flag_pr puerto_rico	PR flag	
9	🇵🇸	flag: Palestinian Territories	flag_ps palestinian_territories	PS flag	
9	🇵🇹	flag: Portugal	flag_pt portugal	PT flag	
9	🇵🇼	flag: Palau	flag_pw palau	PW flag	
9	🇵🇾	flag: Paraguay	flag_py paraguay	PY flag	
9	🇶🇦	flag: Qatar	flag_qa qatar	QA flag	
9	🇷🇪	flag: Réunion	flag_re reunion	RE flag	
9	🇷🇴	flag: Romania	flag_ro romania	RO flag	
9	🇷🇸	flag: Serbia	flag_rs serbia	RS flag	
9	🇷🇺	flag: Russia	flag_ru russia	RU flag	
9	🇷🇼	flag: Rwanda	flag_rw rwanda	RW flag	
9	🇸🇦	flag: Saudi Arabia	flag_sa saudi_arabia	SA flag	
9	🇸🇧	flag: Solomon Islands	flag_sb solomon_islands	SB flag	
9	🇸🇨	flag: Seychelles	flag_sc seychelles	SC flag	
9	🇸🇩	flag: Sudan	flag_sd sudan	SD flag	
9	🇸🇪	flag: Sweden	flag_se sweden	SE flag	
9	🇸🇬	flag: Singapore	flag_sg singapore	SG flag	
9	🇸🇭	flag: St. Helena	flag_sh st_helena	SH flag	
9	🇸🇮	flag: Slovenia	flag_si slovenia	SI flag	
9	🇸🇯	flag: Svalbard & Jan Mayen	flag_sj svalbard_jan_mayen	SJ flag	
9	🇸🇰	flag: Slovakia	flag_sk slovakia	SK flag	
9	🇸🇱	flag: Sierra Leone	flag_sl sierra_leone	SL flag	
9	🇸🇲	flag: San Marino	flag_sm san_marino	SM flag	
9	🇸🇳	flag: Senegal	flag_sn senegal	SN flag	
9	🇸🇴	flag: Somalia	flag_so somalia	SO flag	
9	🇸🇷	flag: Suriname	flag_sr suriname	SR flag	
9	🇸🇸	flag: South Sudan	flag_ss south_sudan	SS flag	
9	🇸🇹	flag: São Tomé & Príncipe	flag_st sao_tome_principe	ST flag	
9	🇸🇻	flag: El Salvador	el_salvador flag_sv	SV flag	
9	🇸🇽	flag: Sint Maarten	flag_sx sint_maarten	SX flag	
9	🇸🇾	flag: Syria	flag_sy syria	SY flag	
9	🇸🇿	flag: Eswatini	eswatini flag_sz swaziland	SZ flag	
9	🇹🇦	flag: Tristan da Cunha	flag_ta tristan_da_cunha	TA flag	
9	🇹🇨	flag: Turks & Caicos Islands	flag_tc turks_caicos_islands	TC flag	
9	🇹🇩	flag: Chad	chad flag_td	TD flag	
9	🇹🇫	flag: French Southern Territories	flag_tf french_southern_territories	TF flag	
9	🇹🇬	flag: Togo	flag_tg togo	TG flag	
9	🇹🇭	flag: Thailand	flag_th thailand	TH flag	
9	🇹🇯	flag: Tajikistan	flag_tj tajikistan	TJ flag	
9	🇹🇰	flag: Tokelau	flag_tk tokelau	TK flag	
9	🇹🇱	flag: Timor-Leste	flag_tl timor_leste	TL flag	
9	🇹🇲	flag: Turkmenistan	flag_tm turkmenistan	TM flag	
9	🇹🇳	flag: Tunisia	flag_tn tunisia	TN flag	
9	🇹🇴	flag: Tonga	flag_to tonga	TO flag	
9	🇹🇷	flag: Türkiye	flag_tr turkey_tr	TR flag	
9	🇹🇹	flag: Trinidad & Tobago	flag_tt trinidad_tobago	TT flag	
9	🇹🇻	flag: Tuvalu	flag_tv tuvalu	TV flag	
9	🇹🇼	flag: Taiwan	flag_tw taiwan	TW flag	
9	🇹🇿	flag: Tanzania	flag_tz tanzania	TZ flag	
9	🇺🇦	flag: Ukraine	flag_ua ukraine	UA flag	
9	🇺🇬	flag: Uganda	flag_ug uganda	UG flag	
9	🇺🇲	flag: U.S. Outlying Islands	flag_um us_outlying_islands	UM flag	
9	🇺🇳	flag: United Nations	flag_un un united_nations	UN flag	
9	🇺🇸	flag: United States	flag_us united_states usa	US flag	
9	🇺🇾	flag: Uruguay	flag_uy uruguay	UY flag	
9	🇺🇿	flag: Uzbekistan	flag_uz uzbekistan	UZ flag	
9	🇻🇦	flag: Vatican City	flag_va vatican_city	VA flag	
9	🇻🇨	flag: St. Vincent & Grenadines	flag_vc st_vincent_grenadines	VC flag	
9	🇻🇪	flag: Venezuela	flag_ve venezuela	VE flag	
9	🇻🇬	flag: British Virgin Islands	british_virgin_islands flag_vg	VG flag	
9	🇻🇮	flag: U.S. Virgin Islands	flag_vi us_virgin_islands	VI flag	
9	🇻🇳	flag: Vietnam	flag_vn vietnam	VN flag	
9	🇻🇺	flag: Vanuatu	flag_vu vanuatu	VU flag	
9	🇼🇫	flag: Wallis & Futuna	flag_wf wallis_futuna	WF flag	
9	🇼🇸	flag: Samoa	flag_ws samoa	WS flag	
9	🇽🇰	flag: Kosovo	flag_xk kosovo	XK flag	
9	🇾🇪	flag: Yemen	flag_ye yemen	YE flag	
9	🇾🇹	flag: Mayotte	flag_yt mayotte	YT flag	
9	🇿🇦	flag: South Africa	flag_za south_africa	ZA flag	
9	🇿🇲	flag: Zambia	flag_zm zambia	ZM flag	
9	🇿🇼	flag: Zimbabwe	flag_zw zimbabwe	ZW flag	
9	🏴󠁧󠁢󠁥󠁮󠁧󠁿	flag: England	england flag_gbeng	flag gbeng	
9	🏴󠁧󠁢󠁳󠁣󠁴󠁿	flag: Scotland	flag_gbsct scotland	flag gbsct	
9	🏴󠁧󠁢󠁷󠁬󠁳󠁿	flag: Wales	flag_gbwls wales	flag gbwls	`;export{a as default};
